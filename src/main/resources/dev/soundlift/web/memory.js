// What a tab remembers while it is loaded again: which files it had, under the server's ids, what was wished for them, and
// their conversions. The files themselves it loses: a browser gives them only to the one who chooses them.
const FILES = 'files', WISHES = 'wishes';

export function remember(entries) {
  keepSoon(FILES, () => entries.filter((entry) => entry.id)
    .map(({ id, name, size, modified, form, jobs }) => ({ id, name, size, modified, form, jobs: jobs.map((job) => job.id) })));
}

export const recall = () => kept(FILES) ?? [];

/** What is wished for all files, also for those that come later. */
export const rememberWishes = (form) => keepSoon(WISHES, () => form);
export const recallWishes = () => kept(WISHES);

/** What is to be written, by its key: a change of the form comes seldom alone, and the list may be long. */
const later = new Map();
let timer = 0;

function keepSoon(key, give) {
  later.set(key, give);
  timer ||= setTimeout(write, 300);
}

function write() {
  clearTimeout(timer);
  timer = 0;
  for (const [key, give] of later) keep(key, give());
  later.clear();
}

addEventListener('pagehide', write);

function keep(key, what) {
  try {
    sessionStorage.setItem(key, JSON.stringify(what));
  } catch { // too many to remember: those are dropped again, and no older list stands for them
    try { sessionStorage.removeItem(key); } catch { /* nothing can be kept here */ }
  }
}

function kept(key) {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}

/** The entry that waits for this very file. */
export function waiting(entries, file) {
  return entries.find((entry) => entry.state === 'lost' && entry.name === file.name && entry.size === file.size && entry.modified === file.lastModified);
}
