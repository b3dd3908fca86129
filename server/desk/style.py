"""The desk's one style sheet, from the same tokens as the window."""

STYLE = """
:root { color-scheme: light dark; --bg: #F5F6F3; --surface: #FFF; --ink: #1A2429; --muted: #5E6A72;
  --line: #E2E6E1; --edge: #87938F; --primary: #0E6B5B; --soft: #E1F0EC; --seal: #C23B2B; --amber: #8A5606;
  --blue: #2C5D9E; --on: #FFF; }
@media (prefers-color-scheme: dark) { :root { --bg: #12181B; --surface: #1A2226; --ink: #E8ECEA;
  --muted: #9CA9AF; --line: #2B363B; --edge: #64737A; --primary: #3FB59E; --soft: #16352F; --seal: #EC8375;
  --amber: #E0A94A; --blue: #7CA8E0; --on: #0C1513; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: var(--bg); color: var(--ink);
  font: 16px/1.6 "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", system-ui,
  sans-serif; }
a { color: var(--primary); text-underline-offset: 3px; }
a:focus-visible, button:focus-visible, input:focus-visible, textarea:focus-visible, select:focus-visible,
  [tabindex]:focus-visible, summary:focus-visible { outline: 3px solid var(--primary); outline-offset: 2px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 16px; top: 8px; padding: 8px 16px; background: var(--surface); }
header { display: flex; gap: 8px 24px; align-items: center; flex-wrap: wrap; padding: 8px 24px;
  background: var(--surface); border-bottom: 1px solid var(--line); min-height: 64px; }
.brand { font-size: 18px; font-weight: 700; } .brand a { color: inherit; text-decoration: none; }
.who { margin-left: auto; display: flex; gap: 4px 16px; align-items: center; flex-wrap: wrap; }
.who > * { white-space: nowrap; } .when { white-space: nowrap; }
td form.row { flex-wrap: nowrap; align-items: center; }
.banner { color: var(--amber); font-size: 14px; }
main { max-width: 1320px; margin: 0 auto; padding: 24px; display: grid; gap: 16px;
  grid-template-columns: minmax(0, 1fr); outline: none; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 16px 24px;
  min-width: 0; }
h1 { font-size: 22px; margin: 0 0 8px; } h2 { font-size: 18px; margin: 0 0 8px; }
h3 { font-size: 16px; margin: 16px 0 8px; } p { margin: 8px 0; }
.narrow { max-width: 480px; width: 100%; justify-self: center; margin-top: 48px; padding: 32px; }
nav { display: flex; gap: 4px 8px; flex-wrap: wrap; }
nav a { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; padding: 0 12px;
  border-radius: 8px;
  text-decoration: none; }
nav a:hover { background: var(--soft); }
nav a[aria-current] { background: var(--soft); font-weight: 700; }
nav a[aria-current] .muted { color: var(--ink); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--muted); font-weight: 500; font-size: 14px; white-space: nowrap; }
td, th { padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:has(select, button) td { vertical-align: middle; }
tr:last-child td { border-bottom: 0; }
td > a:only-child { display: inline-block; min-height: 24px; }
.chip { display: inline-block; padding: 0 10px; border-radius: 13px; border: 1px solid currentColor;
  font-size: 14px; white-space: nowrap; }
.received { color: var(--amber); } .accepted, .registered { color: var(--blue); }
.certificate_issued, .yes { color: var(--primary); } .returned, .rejected, .alarm, .no { color: var(--seal); }
.withdrawn, .muted { color: var(--muted); } .alarm { font-weight: 500; }
fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 0; padding: 8px 16px 16px; min-width:
  0; }
legend { padding: 0 8px; color: var(--muted); }
.bare { border: 0; padding: 0; } .bare legend { padding: 0; color: inherit; font-size: 18px; font-weight: 700;
  margin-bottom: 8px; }
.boxes { display: grid; gap: 4px 24px; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); }
.box { display: flex; align-items: center; gap: 8px; min-height: 44px; }
.box > label { flex: 1; display: flex; align-items: center; gap: 8px; }
.box > input[type=text] { flex: 1; }
input[type=checkbox] { width: 20px; height: 20px; accent-color: var(--primary); flex: none; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
dd.number { font-family: Arial, "Liberation Sans", "DejaVu Sans", sans-serif; white-space: nowrap; }
form { margin: 0; } form.decide, form.stack { display: grid; gap: 12px; }
.row { display: flex; gap: 12px; flex-wrap: wrap; align-items: end; }
.row label { flex: 1 1 180px; min-width: 0; }
label { display: block; } label > input, label > select, label > textarea { margin-top: 4px; }
.box label > input { margin-top: 0; }
button, .button { font: inherit; min-height: 44px; padding: 0 20px; border-radius: 8px; cursor: pointer;
  border: 1px solid var(--edge); background: var(--surface); color: var(--ink); display: inline-flex;
  align-items: center; justify-content: center; white-space: nowrap; text-decoration: none; }
td button { padding: 0 12px; }
button:hover, .button:hover { background: var(--soft); }
button.primary { background: var(--primary); border-color: var(--primary); color: var(--on); font-weight:
  500; }
button.primary:hover { filter: brightness(1.08); }
button.seal { color: var(--seal); border-color: currentColor; }
input[type=text], input[type=search], input[type=password], input[type=number], input[type=date],
input[type=time], input[type=tel], select, textarea {
  font: inherit; width: 100%; min-height: 44px; padding: 8px 12px; border-radius: 8px; color: var(--ink);
  border: 1px solid var(--edge); background: var(--surface); }
input[type=date], input[type=time] { height: 44px; }
td select { min-width: 140px; } td input { min-width: 120px; }
input[type=file]::file-selector-button { font: inherit; min-height: 44px; margin-right: 12px; padding: 0 16px;
  border-radius: 8px; border: 1px solid var(--edge); background: var(--surface); color: var(--ink); }
input[type=file] { font: inherit; width: 100%; min-height: 44px; color: var(--ink); }
.notice { padding: 12px 16px; border-radius: 8px; border: 1px solid currentColor; margin: 0; }
.notice.good { color: var(--primary); } .notice.wrong { color: var(--seal); }
summary { min-height: 44px; padding: 8px 0; cursor: pointer; color: var(--primary); }
code { font-size: 14px; overflow-wrap: anywhere; }
td code { display: block; min-width: 240px; } .link { overflow-wrap: anywhere; font-weight: 500; }
.plate { font-size: 28px; letter-spacing: 2px; font-variant-numeric: tabular-nums; margin: 8px 0;
  overflow-wrap: anywhere; }
.code { display: flex; gap: 32px; align-items: center; flex-wrap: wrap; }
.code svg { width: 180px; height: 180px; background: #FFF; border-radius: 8px; flex: none; }
.desk { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr) 400px; align-items: start; }
.side { display: grid; gap: 16px; }
.viewer { display: grid; gap: 16px; grid-template-columns: 176px minmax(0, 1fr); }
.thumbs { display: flex; flex-direction: column; gap: 8px; max-height: 74vh; overflow-y: auto; padding: 4px;
  flex-wrap: nowrap; }
.head { background: none; border: 0; padding: 0; } .row + nav, .row + .wide, .row + p { margin-top: 12px; }
.thumbs a { display: grid; flex: none; gap: 4px; padding: 6px; border: 2px solid transparent;
  border-radius: 8px;
  font-size: 14px; line-height: 1.35; color: var(--ink); align-items: start; justify-items: start; }
.thumbs a[aria-current] { border-color: var(--primary); background: var(--soft); font-weight: 400; }
.thumbs img, .thumbs .absent { width: 100%; height: 96px; object-fit: cover; object-position: top;
  border: 1px solid var(--line); border-radius: 4px; background: var(--bg); }
.absent { display: grid; place-items: center; color: var(--seal); border: 1px dashed var(--seal); }
[hidden] { display: none !important; }
.view { margin: 0; display: grid; gap: 8px; justify-items: center; }
.view img, .view .absent { width: 100%; height: 66vh; object-fit: contain; background: var(--bg);
  border: 1px solid var(--line); border-radius: 6px; }
.view a { width: 100%; }
.turns { display: flex; flex-wrap: wrap; gap: 12px; justify-content: center; align-items: center;
  margin-top: 8px; }
figcaption { font-size: 15px; color: var(--muted); text-align: center; } .kept { color: var(--amber); }
.strip { display: flex; gap: 12px; flex-wrap: wrap; } .strip figure { margin: 0; width: 160px; }
.strip img, .strip .absent { width: 160px; height: 120px; object-fit: cover; border: 1px solid var(--line);
  border-radius: 6px; }
.strip figcaption { font-size: 14px; text-align: left; }
.gone img { opacity: .55; }
.lamp { display: inline-block; min-width: 76px; }
meter { width: 160px; height: 14px; }
.tiles { display: flex; gap: 16px; flex-wrap: wrap; } .tile { border: 1px solid var(--line); border-radius:
  8px;
  padding: 8px 24px 16px; min-width: 280px; } .tile p { margin: 4px 0; }
@media (max-width: 1300px) { .turns .muted { order: 1; flex-basis: 100%; text-align: center; } }
@media (max-width: 1100px) { .desk, .viewer { grid-template-columns: minmax(0, 1fr); }
  .thumbs { flex-direction: row; max-height: none; overflow-x: auto; } .thumbs a { min-width: 140px; } }
@media (max-width: 700px) { main, header { padding: 12px; } .card { padding: 12px 16px; }
  .boxes { grid-template-columns: 1fr; } }
"""
