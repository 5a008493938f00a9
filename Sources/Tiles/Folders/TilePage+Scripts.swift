// The page itself. It uses what every browser has had since 2023, and nothing else.

extension TilePage {
    static let library = """
        <link rel="stylesheet" href="maplibre-gl.css">
        <script src="maplibre-gl.js"></script>

        """

    /// The map, what stands over it, and what fills that in.
    static let frame = """
        <style>
        html, body, #map { margin: 0; height: 100%; font: 14px/1.4 system-ui, sans-serif; color: #222 }
        #map { position: relative; overflow: hidden; background: #f2f2ef; touch-action: none; cursor: grab }
        #map > img { position: absolute; user-select: none; pointer-events: none }
        .box { position: absolute; z-index: 2; background: #fffd; padding: 6px 10px; border-radius: 4px }
        #legend, #note { max-width: 24em }
        #legend { right: 10px; top: 10px } #legend:empty, #note:empty, #attribution:empty { display: none }
        #legend i { display: inline-block; width: 1em; height: 1em; margin-right: .5em; vertical-align: -.1em }
        #attribution { right: 0; bottom: 0; font-size: 12px } #note { left: 10px; top: 10px }
        #zoom { left: 10px; bottom: 10px; padding: 4px } #zoom button { width: 2em; height: 2em; font-size: 16px }
        </style>
        <div id="map"></div>
        <div id="legend" class="box"></div><div id="note" class="box"></div>
        <div id="attribution" class="box"></div>
        <script>
        const element = id => document.getElementById(id);
        element('attribution').textContent = set.attribution || '';
        if (page.legend.title || page.legend.entries.length) {
          const title = element('legend').appendChild(document.createElement('b'));
          title.textContent = page.legend.title;
          for (const [color, label] of page.legend.entries) {
            const line = element('legend').appendChild(document.createElement('div'));
            line.appendChild(document.createElement('i')).style.background = color;
            line.append(label);
          }
        }
        </script>

        """

    /// Draws pictures: drag, wheel, two buttons, arrow keys.
    static let pictureScript = """
        const map = element('map'), side = 256, [low, high] = [set.minzoom, set.maxzoom + 2];
        const shown = new Map();
        let zoom = set.center[2];
        let x = set.center[0] / 360 + .5;
        let y = .5 - Math.asinh(Math.tan(set.center[1] * Math.PI / 180)) / (2 * Math.PI);
        const address = typeof archiveAddress === 'function' ? archiveAddress
          : async (z, x, y) => set.tiles[0].replace('{z}', z).replace('{x}', x).replace('{y}', y);

        function draw() {
          const level = Math.max(set.minzoom, Math.min(set.maxzoom, Math.round(zoom)));
          const count = 2 ** level, size = side * 2 ** (zoom - level);
          const left = x * count * size - map.clientWidth / 2, top = y * count * size - map.clientHeight / 2;
          const right = left + map.clientWidth, wanted = new Set();
          for (let row = Math.max(0, Math.floor(top / size)); row < count && row * size < top + map.clientHeight; row++)
            for (let column = Math.max(0, Math.floor(left / size)); column < Math.min(count, right / size); column++) {
              const key = level + '/' + column + '/' + row;
              wanted.add(key);
              if (!shown.has(key)) shown.set(key, picture(level, column, row));
              const [l, r] = [column, column + 1].map(edge => Math.round(edge * size - left));
              const [t, b] = [row, row + 1].map(edge => Math.round(edge * size - top));
              Object.assign(shown.get(key).style,
                { left: l + 'px', top: t + 'px', width: r - l + 'px', height: b - t + 'px' });
            }
          for (const [key, image] of shown) if (!wanted.has(key)) { image.remove(); shown.delete(key); }
        }

        function picture(z, x, y) {
          const image = new Image();
          image.alt = '';
          image.draggable = false;
          image.onerror = () => image.style.visibility = 'hidden';
          address(z, x, y).then(url => { if (url) image.src = url; });
          return map.appendChild(image);
        }

        function zoomBy(step, px = map.clientWidth / 2, py = map.clientHeight / 2) {
          const next = Math.max(low, Math.min(high, zoom + step));
          const [dx, dy] = [px - map.clientWidth / 2, py - map.clientHeight / 2];
          const shift = 1 / (side * 2 ** zoom) - 1 / (side * 2 ** next);
          [x, y, zoom] = [x + dx * shift, y + dy * shift, next];
          draw();
        }

        function moveBy(dx, dy) {
          x = Math.max(0, Math.min(1, x - dx / (side * 2 ** zoom)));
          y = Math.max(0, Math.min(1, y - dy / (side * 2 ** zoom)));
          draw();
        }

        map.addEventListener('wheel', event => {
          event.preventDefault();
          zoomBy(-Math.sign(event.deltaY) * .5, event.clientX, event.clientY);
        }, { passive: false });
        map.addEventListener('pointerdown', event => map.setPointerCapture(event.pointerId));
        map.addEventListener('pointermove', event => { if (event.buttons) moveBy(event.movementX, event.movementY); });
        addEventListener('keydown', event => {
          const moves = { ArrowLeft: [90, 0], ArrowRight: [-90, 0], ArrowUp: [0, 90], ArrowDown: [0, -90] };
          if (moves[event.key]) moveBy(...moves[event.key]);
          if (event.key === '+') zoomBy(1);
          if (event.key === '-') zoomBy(-1);
        });
        addEventListener('resize', draw);
        const buttons = document.body.appendChild(document.createElement('div'));
        [buttons.id, buttons.className] = ['zoom', 'box'];
        for (const [sign, step] of [['+', 1], ['−', -1]]) {
          const button = buttons.appendChild(document.createElement('button'));
          button.textContent = sign;
          button.onclick = () => zoomBy(step);
        }
        draw();

        """

    /// Draws vector tiles with MapLibre, and shows what a feature has where one clicks.
    static let vectorScript = """
        if (typeof maplibregl === 'undefined' || location.protocol === 'file:') {
          element('note').textContent = page.missing;
        } else {
          const shapes = Object.fromEntries(set.tilestats.layers.map(layer => [layer.layer, layer.geometry]));
          const paints = {
            Point: ['circle', { 'circle-radius': 4, 'circle-color': '#b5301f', 'circle-opacity': .7 }],
            LineString: ['line', { 'line-color': '#1f5fb5', 'line-width': 1.5 }],
            Polygon: ['fill', { 'fill-color': '#1f5fb5', 'fill-opacity': .25, 'fill-outline-color': '#1f3d66' }]
          };
          const layers = set.vector_layers.map(layer => {
            const [type, paint] = paints[shapes[layer.id]] || paints.Polygon;
            return { id: layer.id, source: 'tiles', 'source-layer': layer.id, type, paint };
          });
          const address = page.archive ? set.tiles[0] : new URL('.', location.href).href + set.tiles[0];
          if (page.archive) maplibregl.addProtocol('pmtiles', async request => {
            const [z, x, y] = request.url.split('/').slice(-3).map(Number);
            return { data: await archiveTile(z, x, y) || new ArrayBuffer(0) };
          });
          const map = new maplibregl.Map({
            container: 'map', center: set.center.slice(0, 2), zoom: set.center[2], attributionControl: false,
            style: { version: 8, layers, sources: { tiles: {
              type: 'vector', tiles: [address], minzoom: set.minzoom, maxzoom: set.maxzoom, bounds: set.bounds } } }
          });
          map.addControl(new maplibregl.NavigationControl(), 'bottom-left');
          map.on('click', event => {
            const feature = map.queryRenderedFeatures(event.point)[0];
            const lines = Object.entries(feature ? feature.properties : {}).map(([name, value]) => name + ': ' + value);
            element('note').innerText = lines.join('\\n');
          });
        }

        """

    /// Reads tiles from a PMTiles file by ranges; where a server knows none, the whole file once.
    static let archiveScript = """
        let whole = null;
        async function bytes(offset, length) {
          if (!whole) {
            const answer = await fetch(page.archive, { headers: { Range: `bytes=${offset}-${offset + length - 1}` } });
            if (answer.status === 206) return answer.arrayBuffer();
            whole = await answer.arrayBuffer();
          }
          return whole.slice(offset, offset + length);
        }
        const unpacked = buffer => new Response(
          new Blob([buffer]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
        const head = bytes(0, 16384).then(buffer => {
          const view = new DataView(buffer), long = at => Number(view.getBigUint64(at, true));
          return { root: [long(8), long(16)], leaves: long(40), tiles: long(56), packed: view.getUint8(98) === 2 };
        });
        const directories = new Map();
        function directory(offset, length) {
          if (!directories.has(offset)) directories.set(offset, bytes(offset, length).then(unpacked).then(buffer => {
            const view = new Uint8Array(buffer);
            let at = 0, last = 0;
            const number = () => { for (let value = 0, unit = 1;; unit *= 128) {
              const byte = view[at++];
              value += (byte & 127) * unit;
              if (byte < 128) return value;
            } };
            const entries = Array.from({ length: number() }, () => ({ tile: last += number() }));
            for (const name of ['run', 'length']) for (const entry of entries) entry[name] = number();
            entries.forEach((entry, index) => {
              const value = number(), before = entries[index - 1];
              entry.offset = value ? value - 1 : before.offset + before.length;
            });
            return entries;
          }));
          return directories.get(offset);
        }
        function tileNumber(z, x, y) {
          let number = (4 ** z - 1) / 3;
          for (let side = 2 ** (z - 1); side >= 1; side /= 2) {
            const [right, down] = [x & side ? 1 : 0, y & side ? 1 : 0];
            number += side * side * ((3 * right) ^ down);
            if (!down) { if (right) [x, y] = [side - 1 - x, side - 1 - y]; [x, y] = [y, x]; }
          }
          return number;
        }
        async function archiveTile(z, x, y) {
          const { root, leaves, tiles, packed } = await head, number = tileNumber(z, x, y);
          let place = root;
          for (let depth = 0; depth < 4; depth++) {
            const entry = (await directory(...place)).findLast(entry => entry.tile <= number);
            if (!entry || entry.run && number >= entry.tile + entry.run) return null;
            if (entry.run) {
              const data = await bytes(tiles + entry.offset, entry.length);
              return packed ? unpacked(data) : data;
            }
            place = [leaves + entry.offset, entry.length];
          }
          return null;
        }
        const archiveAddress = async (z, x, y) => {
          const data = await archiveTile(z, x, y);
          return data && URL.createObjectURL(new Blob([data], { type: 'image/png' }));
        };

        """
}
