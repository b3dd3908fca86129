// PouchDB beside our road: `node pouchdb.js serve PORT`, then `node pouchdb.js replicate URL CASES PAGES BYTES`,
// which prints the seconds that a live database's cases with their pages as attachments take to replicate.
// Both ends keep everything in memory, which spares PouchDB the disk that ours writes and syncs.
// Wants, in a folder named by NODE_PATH: pouchdb-core pouchdb-adapter-memory pouchdb-adapter-http
// pouchdb-replication express express-pouchdb.
"use strict";
const { randomBytes } = require("crypto");
const PouchDB = require("pouchdb-core")
  .plugin(require("pouchdb-adapter-memory"))
  .plugin(require("pouchdb-adapter-http"))
  .plugin(require("pouchdb-replication"));

async function serve(port) {
  const Memory = PouchDB.defaults({ adapter: "memory" });
  const app = require("express")();
  app.use("/", require("express-pouchdb")(Memory, { mode: "minimumForPouchDB", inMemoryConfig: true }));
  app.listen(Number(port), "127.0.0.1", () => console.log("ready"));
}

async function replicate(url, cases, pages, bytes) {
  const local = new PouchDB("local", { adapter: "memory" });
  for (let n = 0; n < Number(cases); n++) {
    const attachments = {};
    for (let page = 0; page < Number(pages); page++) {
      const data = randomBytes(Number(bytes));
      attachments[`page-${page}`] = { content_type: "image/jpeg", data };
    }
    await local.put({ _id: `case-${n}`, _attachments: attachments });
  }
  const began = process.hrtime.bigint();
  const done = await local.replicate.to(new PouchDB(`${url}/target`, { adapter: "http" }));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (!done.ok || done.docs_written !== Number(cases)) throw new Error(JSON.stringify(done));
  console.log(seconds);
}

const [what, ...words] = process.argv.slice(2);
({ serve, replicate })[what](...words).catch((error) => {
  console.error(error);
  process.exit(1);
});
