/// How the page looks: on a screen of any width, in the dark, and on paper.
enum QualityPageStyle {
    /// Blue stands for found and orange for not, which everybody can tell apart; words say the same.
    static let css = """
        :root{--ink:#17212b;--soft:#5a6875;--line:#dfe4e9;--paper:#fff;--wash:#f4f6f8;--hit:#1f6feb;--miss:#d9622b;--unsure:#8a96a3;\
        --mid:#8fb7f5;--far:#c3ccd6}
        @media (prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9aa8b5;--line:#2c3742;--paper:#11181f;--wash:#18212a;\
        --hit:#5b9bff;--miss:#f0854f;--unsure:#7d8a97;--mid:#345f9e;--far:#3a4652}}
        *{box-sizing:border-box}i{font-style:normal}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",\
        Arial,sans-serif;font-variant-numeric:tabular-nums}
        main{max-width:64rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
        header p{color:var(--soft);margin:.25rem 0 0}
        h1{font-size:1.9rem;line-height:1.2;margin:0;letter-spacing:-.015em}
        h2{font-size:1.2rem;margin:3rem 0 .35rem;letter-spacing:-.01em}
        h3{font-size:1rem;margin:1.75rem 0 .35rem}
        p.lead{color:var(--soft);margin:.1rem 0 1rem;max-width:46rem}
        code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--wash);padding:.1em .35em;border-radius:4px;\
        overflow-wrap:anywhere}
        .hero{margin:2rem 0 0;padding:1.75rem 1.75rem 2.4rem;background:var(--wash);border-radius:14px;border-left:6px solid var(--unsure)}
        .hero.reached{border-color:var(--hit)}.hero.missed{border-color:var(--miss)}
        .hero strong.figure{display:block;font-size:3.4rem;line-height:1;letter-spacing:-.03em;font-weight:700}
        .hero p{margin:.6rem 0 1.3rem;font-size:1.08rem;max-width:44rem}
        .scale{position:relative;height:18px;border-radius:9px;background:var(--far)}
        .scale .fill{position:absolute;inset:0 auto 0 0;border-radius:9px;background:var(--unsure)}
        .reached .scale .fill,.scale.reached .fill{background:var(--hit)}
        .missed .scale .fill,.scale.missed .fill{background:var(--miss)}
        .scale .span{position:absolute;top:50%;height:2px;margin-top:-1px;background:var(--ink);opacity:.75}
        .scale .gate{position:absolute;top:-5px;bottom:-5px;width:2px;background:var(--ink)}
        .scale .gate b{position:absolute;top:100%;left:0;transform:translateX(-50%);font-size:.78rem;font-weight:600;white-space:nowrap;\
        padding-top:3px}
        td .scale{height:10px;border-radius:5px;min-width:9rem;margin-top:.45em}td .scale .fill{border-radius:5px}td .scale .gate{top:-2px;bottom:-2px;width:1px}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem;margin:1.25rem 0 0}
        .card{border:1px solid var(--line);border-radius:12px;padding:1rem 1.15rem}
        .card b{display:block;font-size:1.6rem;line-height:1.2;letter-spacing:-.02em}.card span{color:var(--soft);font-size:.92rem}
        .stack{display:flex;height:26px;border-radius:8px;overflow:hidden;background:var(--far);margin:.6rem 0 .5rem}
        .stack i{display:block;min-width:2px}
        .key{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;color:var(--soft);font-size:.92rem;padding:0;margin:0;list-style:none}
        .key i{display:inline-block;width:.75em;height:.75em;border-radius:3px;margin-right:.4em}
        .c0{background:var(--hit)}.c1{background:var(--mid)}.c2{background:var(--unsure)}.c3{background:var(--miss)}.c4{background:var(--far)}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.93rem}
        th{font-weight:600;color:var(--soft);text-align:left;font-size:.82rem;vertical-align:bottom;white-space:nowrap}
        th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
        td.n,th.n{text-align:right;white-space:nowrap}
        td.w{width:32%}
        td small{color:var(--soft);display:block;line-height:1.35}
        .tag{white-space:nowrap;font-size:.82rem;font-weight:600;color:var(--unsure)}
        .tag.reached{color:var(--hit)}.tag.missed{color:var(--miss)}
        svg{display:block;width:100%;height:auto;margin:.75rem 0 0}
        svg text{fill:var(--soft);font-size:11px;font-family:inherit}
        .none{color:var(--soft)}
        footer{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.86rem}
        @media print{:root{--ink:#000;--soft:#444;--line:#ccc;--paper:#fff;--wash:#f4f6f8;--hit:#1f6feb;--miss:#d9622b;--unsure:#8a96a3;\
        --mid:#8fb7f5;--far:#d5dbe2}
        body{font-size:10.5pt}main{max-width:none;padding:0}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        h2,h3{break-after:avoid}tr,.card,.hero,svg{break-inside:avoid}.scroll{overflow:visible}@page{margin:16mm}}
        """
}
