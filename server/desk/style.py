"""The desk's one style sheet, from the same tokens as the window."""

STYLE = """
:root { color-scheme: light dark; --bg: #F5F6F3; --surface: #FFF; --ink: #1A2429; --muted: #66727A;
  --line: #E2E6E1; --primary: #0E6B5B; --seal: #C23B2B; --amber: #A8690A; --blue: #2C5D9E; }
@media (prefers-color-scheme: dark) { :root { --bg: #12181B; --surface: #1A2226; --ink: #E8ECEA;
  --muted: #93A0A6; --line: #2B363B; --primary: #3FB59E; --seal: #E4705F; --amber: #E0A94A;
  --blue: #7CA8E0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--ink);
  font: 15px/1.6 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
header { display: flex; gap: 16px; align-items: center; padding: 8px 24px; background: var(--surface);
  border-bottom: 1px solid var(--line); min-height: 56px; }
header h1 { font-size: 17px; margin: 0 auto 0 0; }
main { max-width: 1180px; margin: 0 auto; padding: 24px; display: grid; gap: 16px; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 16px 24px; }
.card h2 { font-size: 16px; margin: 0 0 8px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--muted); font-weight: 500; font-size: 13px; }
td, th { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
a { color: var(--primary); text-underline-offset: 3px; }
a:focus-visible, button:focus-visible, input:focus-visible, textarea:focus-visible {
  outline: 3px solid var(--primary); outline-offset: 2px; }
.chip { display: inline-block; padding: 0 10px; border-radius: 12px; border: 1px solid currentColor;
  font-size: 13px; white-space: nowrap; }
.received { color: var(--amber); } .accepted, .registered { color: var(--blue); }
.certificate_issued { color: var(--primary); } .returned, .rejected, .alarm { color: var(--seal); }
.withdrawn, .muted { color: var(--muted); }
nav { display: flex; gap: 16px; flex-wrap: wrap; }
nav a[aria-current] { font-weight: 700; text-decoration: none; }
header h1 a { color: inherit; text-decoration: none; }
fieldset { border: 1px solid var(--line); border-radius: 8px; display: grid;
  grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 4px 16px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 0; }
dt { color: var(--muted); } dd { margin: 0; }
.pages { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 16px; }
.pages figure { margin: 0; }
.pages img { width: 100%; height: 220px; object-fit: contain; background: var(--bg);
  border: 1px solid var(--line); border-radius: 6px; }
.pages .absent { height: 220px; display: grid; place-items: center; border: 1px dashed var(--seal);
  border-radius: 6px; color: var(--seal); }
figcaption { font-size: 13px; color: var(--muted); }
figcaption .kept { color: var(--amber); }
form.decide { display: grid; gap: 12px; } .row { display: flex; gap: 12px; flex-wrap: wrap; }
button { font: inherit; min-height: 44px; padding: 0 20px; border-radius: 8px; border: 1px solid var(--line);
  background: var(--surface); color: var(--ink); cursor: pointer; }
button.primary { background: var(--primary); border-color: var(--primary); color: var(--surface); }
button.seal { color: var(--seal); border-color: currentColor; }
select { font: inherit; min-height: 44px; padding: 0 12px; border-radius: 8px; color: var(--ink);
  border: 1px solid var(--line); background: var(--bg); }
input[type=text], textarea { font: inherit; width: 100%; padding: 8px 12px; border-radius: 8px;
  color: var(--ink); border: 1px solid var(--line); background: var(--bg); }
label { display: block; } .banner { color: var(--amber); font-size: 13px; }
"""
