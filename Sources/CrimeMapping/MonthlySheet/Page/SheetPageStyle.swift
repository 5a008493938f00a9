/// How the sheet looks: on a screen of any width, in the dark, and on paper, letter or A4.
enum SheetPageStyle {
    static let css = """
        :root{--ink:#1b2733;--soft:#5d6a77;--line:#dde3e8;--paper:#fff;--wash:#f5f7f9;--bar:#b9c7d3;--accent:#1f4e79;\
        --dark_green:#0b5137;--green:#17795a;--yellow:#e8b317;--red:#b3282d;--double_red:#76101c;--onyellow:#1b2733}
        @media (prefers-color-scheme:dark){:root{--ink:#e7edf2;--soft:#9fadb9;--line:#2b3742;--paper:#10171e;--wash:#17212a;--bar:#3f5061;\
        --accent:#7db4e6;--dark_green:#1f7a57;--green:#2f9f78;--yellow:#e8b317;--red:#d9545a;--double_red:#a82a38}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 "Source Sans 3","Source Sans Pro",system-ui,-apple-system,\
        "Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}
        main{max-width:62rem;margin:0 auto;padding:2.6rem 1.6rem 4rem}
        h1,h2,.figure{font-family:"Source Serif 4",Charter,"Bitstream Charter",Georgia,"DejaVu Serif",serif;font-weight:600}
        .eyebrow{font-size:.78rem;letter-spacing:.09em;text-transform:uppercase;color:var(--accent);font-weight:600;margin:0}
        h1{font-size:2.5rem;line-height:1.1;margin:.15rem 0 .3rem;letter-spacing:-.015em}
        header{border-bottom:2px solid var(--ink);padding-bottom:1rem}
        header p.sub{color:var(--soft);margin:0}
        h2{font-size:1.35rem;line-height:1.25;margin:2.9rem 0 .3rem;letter-spacing:-.01em}
        h3{font-size:.8rem;letter-spacing:.05em;text-transform:uppercase;color:var(--soft);font-weight:600;margin:1.5rem 0 .25rem}
        p{margin:.35rem 0 .6rem;max-width:44rem}
        p.lead{font-size:1.16rem;line-height:1.5;margin:1.2rem 0 .5rem}
        p.note,.note{color:var(--soft);font-size:.86rem;max-width:48rem}
        ul.changes{margin:.6rem 0 0;padding:0;list-style:none;columns:2;column-gap:2.4rem}
        ul.changes li{break-inside:avoid;padding:.4rem 0 .4rem .85rem;border-left:3px solid var(--line);margin:0 0 .45rem}
        ul.changes li.up{border-color:var(--red)}ul.changes li.down{border-color:var(--green)}
        ul.changes b{display:block}ul.changes span{color:var(--soft);font-size:.9rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0 .3rem}
        caption{text-align:left;color:var(--soft);font-size:.86rem;padding-bottom:.3rem}
        th{font-weight:600;color:var(--soft);font-size:.76rem;text-align:left;vertical-align:bottom;line-height:1.25}
        td,th{padding:.34rem .45rem .34rem 0;border-bottom:1px solid var(--line)}
        @media screen{svg.rank[width="110"]{width:80px;height:auto}svg.history{width:118px;height:auto}}
        tbody th{color:var(--ink);font-size:.9rem;font-weight:500;vertical-align:middle}
        td{vertical-align:middle}td.n,th.n{text-align:right;white-space:nowrap}td.c,th.c{text-align:center}th.w{text-align:right}
        td small,tbody th small{color:var(--soft);display:block;font-size:.78rem;line-height:1.25;font-weight:400}
        tr.all>*{border-bottom:1.5px solid var(--ink);font-weight:600}
        .big{font-weight:700}
        .sure{font-weight:700}.maybe{color:var(--soft)}.dagger{color:var(--accent);font-weight:700}
        .light{display:inline-block;vertical-align:middle}
        .nolight{display:inline-block;width:24px;text-align:center;color:var(--soft)}
        .letter{font:700 12px system-ui,Arial,sans-serif;stroke:none}.letter.two{font-size:10px}
        .f-dark_green,.f-green,.f-red,.f-double_red{stroke:none}.f-dark_green{fill:var(--dark_green)}.f-green{fill:var(--green)}\
        .f-yellow{fill:var(--yellow);stroke:none}.f-red{fill:var(--red)}.f-double_red{fill:var(--double_red)}
        g[class^="f-"] .letter{fill:#fff}g.f-yellow .letter{fill:#1b2733}
        g[class^="o-"]{fill:var(--paper);stroke-width:1.8}g[class^="o-"] .letter{fill:var(--ink)}
        .o-dark_green{stroke:var(--dark_green)}.o-green{stroke:var(--green)}.o-yellow{stroke:#c79500}.o-red{stroke:var(--red)}\
        .o-double_red{stroke:var(--double_red)}
        svg .none{fill:var(--bar)}
        table.matrix th.v{height:9.2rem;padding:0;vertical-align:bottom;text-align:center}
        table.matrix th.v span{writing-mode:vertical-rl;transform:rotate(180deg);display:inline-block;max-height:9rem;line-height:1.15;\
        text-align:left;color:var(--ink);font-weight:500;font-size:.82rem}
        table.matrix td.c{padding:.25rem .15rem;width:2.9rem}table.matrix th.v{width:2.9rem}table.matrix td:last-child{padding-left:1rem}\
        tbody th{min-width:7.5rem}svg.rank+span,td:has(svg.rank){white-space:nowrap}
        .score{display:inline-block;width:4.2rem;height:7px;background:var(--line);border-radius:4px;vertical-align:middle;margin-left:.5rem}
        .score i{display:block;height:7px;border-radius:4px;background:var(--accent)}
        svg.spark path{fill:none;stroke:var(--soft);stroke-width:1.3;stroke-linejoin:round}svg .dot{fill:var(--accent)}
        svg.spark,svg.rank,svg.history{display:inline-block;vertical-align:middle}
        svg.chart{display:block;width:100%;height:auto;margin:.5rem 0 .2rem}
        svg.chart text{fill:var(--soft);font:11px system-ui,Arial,sans-serif}svg.chart text.strong{fill:var(--ink);font-weight:600}
        svg.chart text.missing{fill:var(--red)}
        svg .grid{stroke:var(--line);stroke-width:1}svg .tick{stroke:var(--soft)}
        svg .bar{fill:var(--bar)}svg .bar.now{fill:var(--accent)}
        svg .base{stroke:var(--ink);stroke-width:1.4}svg .goal{stroke:var(--green);stroke-width:1.4;stroke-dasharray:5 3}
        svg .beam path{stroke:var(--ink);stroke-width:1.6;fill:none}
        svg .limit{fill:none;stroke:var(--soft);stroke-width:1}svg .limit.outer{stroke-dasharray:4 3}
        svg .pt{fill:var(--bar)}svg .pt.out{fill:var(--accent)}svg .pt.far{fill:var(--accent);stroke:var(--ink);stroke-width:1.4}
        svg .range{stroke:var(--accent);stroke-width:4;stroke-linecap:round;opacity:.35}
        svg .goalpath{fill:none;stroke:var(--green);stroke-width:1.6;stroke-dasharray:5 3}svg .actual{fill:none;stroke:var(--accent);stroke-width:1.8}
        section.indicator{border-top:1px solid var(--line);margin-top:2.2rem;padding-top:.2rem}
        section.indicator h2{margin-top:1.2rem;display:flex;gap:.6rem;align-items:center}
        .facts{display:flex;flex-wrap:wrap;gap:.3rem 2.2rem;margin:.5rem 0 .2rem;padding:0;list-style:none}
        .facts li b{display:block;font-size:1.45rem;line-height:1.2;font-weight:600}.facts li span{color:var(--soft);font-size:.82rem}
        .held{color:var(--soft);font-weight:400;font-size:.78rem}
        p.gate{border:1px solid var(--line);border-left:3px solid var(--accent);background:var(--wash);padding:.5rem .8rem;margin:1rem 0 0;\
        font-size:.9rem;max-width:none}
        .where{display:flex;flex-wrap:wrap;gap:.4rem 1.6rem;align-items:flex-start}.where>div{flex:1 1 26rem;min-width:0}
        svg.map{flex:0 0 auto;max-width:100%;height:auto;margin-top:.4rem}
        .border{fill:var(--wash);stroke:var(--bar);stroke-width:.8}svg .place{fill:var(--accent);stroke:var(--paper);stroke-width:.6}
        .question{border-left:3px solid var(--yellow);padding:.2rem 0 .2rem .7rem;margin:.4rem 0;font-size:.9rem}
        .tag{font-weight:600;white-space:nowrap}.tag.reached,.tag.on_path{color:var(--green)}.tag.behind,.tag.missed{color:var(--red)}
        .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.3rem;color:var(--soft);font-size:.84rem;margin:.6rem 0 0;padding:0;list-style:none}
        .legend .light{margin-right:.35rem}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        footer{margin-top:3rem;border-top:2px solid var(--ink);padding-top:.8rem;color:var(--soft);font-size:.84rem}
        footer p{max-width:none;margin:.3rem 0}
        @media (max-width:40rem){ul.changes{columns:1}h1{font-size:2rem}}
        @media print{:root{font-size:11.5px;--ink:#111;--soft:#4c5862;--line:#d5dbe0;--paper:#fff;--wash:#f5f7f9;--bar:#b9c7d3;--accent:#1f4e79;\
        --dark_green:#0b5137;--green:#17795a;--yellow:#e8b317;--red:#b3282d;--double_red:#76101c}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        @page{margin:14mm 13mm}
        body{font-size:9pt}main{max-width:none;padding:0}body.press{font-size:8.4pt;line-height:1.35}body.press header{padding-bottom:.5rem}body.press table.matrix th.v{height:6.6rem}body.press ul.changes li{padding:.15rem 0 .15rem .7rem;margin-bottom:.3rem}body.press h2{margin-top:1rem}body.press p.lead{font-size:11pt;margin:.7rem 0 0;max-width:none}\
        body.press footer{margin-top:1rem;font-size:7.6pt}body.press td,body.press th{padding-top:.1rem;padding-bottom:.1rem}h1{font-size:23pt}h2{font-size:13.5pt;margin-top:1.5rem}
        h2,h3,caption,h2+p.note,h2+p{break-after:avoid}tr,svg,li,.facts,.question,.keep,p.gate{break-inside:avoid}.where{flex-wrap:nowrap}.where>div{flex:1 1 auto}svg.map{width:52mm}.scroll{overflow:visible}thead{display:table-header-group}
        h2+p.note{break-inside:avoid}section.indicator{break-inside:auto}
        table{font-size:8pt}tbody th{font-size:8pt;min-width:6rem}th{font-size:7.2pt}td,th{padding:.17rem .36rem .17rem 0}\
        td small,tbody th small{font-size:7pt}svg.rank{width:62px;height:auto}svg.history{width:92px;height:auto}svg.spark{width:76px;height:auto}\
        td.n,th.n{white-space:normal}td.n small,td.n.big,.sure,.maybe{white-space:nowrap}.nolight{width:20px}.light{width:20px;height:20px}\
        table.matrix td.c,table.matrix th.v{width:3.2rem}.score{width:3.4rem;margin-left:.3rem}table.matrix td:last-child{padding-left:.4rem}
        }
        """
}
