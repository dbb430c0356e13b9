// @ts-check
/** What somebody dropped or chose -> files with their paths; folders are walked, hidden files passed over. */
/** @typedef {{ name: string, file: File }} Brought */

/** @param {string} path */
const isHidden = (path) =>
  path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX" || part === "Thumbs.db" || part === "desktop.ini");

/** @param {FileSystemFileEntry} entry @returns {Promise<File>} */
const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

/** A browser gives a folder's entries a hundred at a time. @param {FileSystemDirectoryEntry} folder @returns {Promise<FileSystemEntry[]>} */
const entriesOf = async (folder) => {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
};

/** @param {FileSystemEntry} entry @returns {AsyncGenerator<Brought>} */
async function* walked(entry) {
  if (isHidden(entry.name)) return;
  if (entry.isFile) {
    const file = await fileOf(/** @type {FileSystemFileEntry} */ (entry));
    yield { name: entry.fullPath.replace(/^\//, ""), file };
  } else {
    for (const inside of await entriesOf(/** @type {FileSystemDirectoryEntry} */ (entry))) yield* walked(inside);
  }
}

/** Everything that was dropped. Entries must be asked for before anything is awaited: later the drop is forgotten. @param {DataTransfer} dropped */
export const filesOfDrop = async (dropped) => {
  const items = [...dropped.items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter((item) => item !== null);
  const all = [];
  for (const item of items) {
    if (!(item instanceof File)) for await (const brought of walked(item)) all.push(brought);
    else if (!isHidden(item.name)) all.push({ name: item.name, file: item });
  }
  return apart(all);
};

/** @param {FileList | null} chosen */
export const filesOfInput = (chosen) =>
  apart([...(chosen ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })).filter(({ name }) => !isHidden(name)));

/** Two files of one name get names of their own: none replaces the other. @param {Brought[]} files */
const apart = (files) => {
  /** @type {Set<string>} */
  const names = new Set();
  return files.map(({ name, file }) => {
    let own = name;
    for (let number = 2; names.has(own); number++) own = `${number}/${name}`;
    names.add(own);
    return { name: own, file };
  });
};

/** What they are called together: the one file, or the one folder. @param {Brought[]} files */
export const labelOf = (files) => {
  if (files.length === 1) return files[0]?.file.name ?? "";
  const tops = new Set(files.map(({ name }) => (name.includes("/") ? name.split("/")[0] : "")));
  return (tops.size === 1 ? [...tops][0] : "") ?? "";
};
