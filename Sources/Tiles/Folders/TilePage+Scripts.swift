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
        #legend { right: 10px; top: 10px } #legend > * { display: block; margin: 3px 0 } #legend:empty, #note:empty, #attribution:empty { display: none }
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

    /// Draws vector tiles with MapLibre: one layer of areas or cells coloured, the borders of the others, points by how many
    /// they stand for, and what a feature has where one clicks.
    static let vectorScript = """
        if (typeof maplibregl === 'undefined' || location.protocol === 'file:') {
          element('note').textContent = page.missing;
        } else {
          const words = document.documentElement.lang === 'es'
            ? { incidents: 'incidentes', grid: 'cuadrícula', municipality: 'municipios', colonia: 'colonias', district: 'distritos',
                per_km2: 'por km²', rate_per_100k: 'por 100 mil', count: 'conteo', class: 'puntos calientes (Gi*)', none: 'ninguna' }
            : { per_km2: 'per km²', rate_per_100k: 'per 100,000', class: 'hot spots (Gi*)' };
          const word = name => words[name] || name;
          const ramp = ['#fcfdbf', '#feb078', '#f1605d', '#b73779', '#721f81', '#2c115f', '#000004'];
          const classes = { 'hot 99 %': '#b2182b', 'hot 95 %': '#e4705a', 'hot 90 %': '#f9c5a9', 'cold 90 %': '#bbdaea',
            'cold 95 %': '#5a9fcb', 'cold 99 %': '#2166ac', HH: '#b2182b', HL: '#f4a582', LH: '#92c5de', LL: '#2166ac' };
          const given = (set.faro || {}).grid_per_km2_breaks;
          const breaks = given && given.length ? given : [1, 10, 50, 100, 500, 1000, 5000];
          const shapes = Object.fromEntries(set.tilestats.layers.map(layer => [layer.layer, layer.geometry]));
          const named = set.vector_layers.filter(layer => layer.id !== 'faro');
          const areas = named.filter(layer => shapes[layer.id] === 'Polygon');
          const points = named.filter(layer => shapes[layer.id] === 'Point');
          const views = areas.flatMap(layer => ['rate_per_100k', 'per_km2', 'count', 'class']
            .filter((field, index, all) => field in layer.fields && !(field === 'count' && all.slice(0, 2).some(f => f in layer.fields)))
            .map(field => ({ layer: layer.id, field })));
          const shown = { view: views.find(view => view.layer === 'grid') || views[0], points: !areas.length };
          const steps = (field, colour) => ['case', ['>', ['coalesce', ['get', field], 0], 0],
            ['step', ['get', field], colour[0], ...breaks.slice(1, colour.length).flatMap((at, i) => [at, colour[i + 1]])],
            'rgba(0,0,0,0)'];
          const paint = field => field === 'class'
            ? ['match', ['coalesce', ['get', 'class'], ''], ...Object.entries(classes).flat(), 'rgba(0,0,0,.03)'] : steps(field, ramp);

          const fills = areas.map(layer => ({ id: layer.id, source: 'tiles', 'source-layer': layer.id, type: 'fill',
            layout: { visibility: 'none' }, paint: { 'fill-opacity': .8, 'fill-antialias': layer.id !== 'grid' } }));
          const lines = areas.filter(layer => layer.id !== 'grid').map(layer => ({ id: layer.id + '-line', source: 'tiles',
            'source-layer': layer.id, type: 'line', minzoom: layer.id === 'colonia' ? 11 : 0,
            paint: { 'line-color': '#333', 'line-width': layer.id === 'municipality' ? 1.4 : .6, 'line-opacity': .6 } }));
          const dots = points.map(layer => ({ id: layer.id, source: 'tiles', 'source-layer': layer.id, type: 'circle',
            layout: { visibility: 'none' }, paint: { 'circle-color': '#0b6e63', 'circle-opacity': .65, 'circle-stroke-width': .5,
              'circle-stroke-color': '#fff', 'circle-radius': ['min', 22, ['+', 2, ['^', ['coalesce', ['get', 'count'], 1], .3]]] } }));
          const address = page.archive ? set.tiles[0] : new URL('.', location.href).href + set.tiles[0];
          if (page.archive) maplibregl.addProtocol('pmtiles', async request => {
            const [z, x, y] = request.url.split('/').slice(-3).map(Number);
            return { data: await archiveTile(z, x, y) || new ArrayBuffer(0) };
          });
          const map = new maplibregl.Map({
            container: 'map', bounds: (set.faro || {}).view || set.bounds, fitBoundsOptions: { padding: 30 }, attributionControl: false,
            style: { version: 8, layers: [...fills, ...lines, ...dots], sources: { tiles: {
              type: 'vector', tiles: [address], minzoom: set.minzoom, maxzoom: set.maxzoom, bounds: set.bounds } } }
          });
          map.addControl(new maplibregl.NavigationControl(), 'bottom-left');
          map.addControl(new maplibregl.ScaleControl(), 'bottom-left');

          const legend = element('legend');
          function line(colour, text) {
            const row = legend.appendChild(document.createElement('div'));
            row.appendChild(document.createElement('i')).style.background = colour;
            row.append(text);
          }
          function draw() {
            for (const fill of fills) map.setLayoutProperty(
              fill.id, 'visibility', shown.view && fill.id === shown.view.layer ? 'visible' : 'none');
            for (const dot of dots) map.setLayoutProperty(dot.id, 'visibility', shown.points ? 'visible' : 'none');
            if (shown.view) map.setPaintProperty(shown.view.layer, 'fill-color', paint(shown.view.field));
            legend.replaceChildren();
            const title = legend.appendChild(document.createElement('b'));
            title.textContent = set.name;
            const select = legend.appendChild(document.createElement('select'));
            for (const [index, view] of [...views, null].entries()) {
              const name = view ? word(view.layer) + ', ' + word(view.field) : word('none');
              select.add(new Option(name, index, false, view === shown.view));
            }
            select.onchange = () => { shown.view = views[select.value] || null; draw(); };
            if (dots.length) {
              const label = legend.appendChild(document.createElement('label')), box = document.createElement('input');
              [box.type, box.checked] = ['checkbox', shown.points];
              box.onchange = () => { shown.points = box.checked; draw(); };
              label.append(box, ' ' + points.map(layer => word(layer.id)).join(', '));
            }
            if (shown.view && shown.view.field === 'class') for (const name in classes) if (name.length > 2) line(classes[name], name);
            if (shown.view && shown.view.field !== 'class') breaks.slice(0, ramp.length).forEach((at, i) =>
              line(ramp[i], i === 0 ? '< ' + breaks[1].toLocaleString() : at.toLocaleString() + (breaks[i + 1] && i < ramp.length - 1 ? ' – ' + breaks[i + 1].toLocaleString() : ' +')));
          }
          map.on('load', draw);
          map.on('click', event => {
            const feature = map.queryRenderedFeatures(event.point)[0];
            const rows = Object.entries(feature ? feature.properties : {}).map(([name, value]) =>
              word(name) + ': ' + (typeof value === 'number' ? +value.toPrecision(4) : value));
            element('note').innerText = rows.join('\\n');
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
