// What a tab remembers while it is loaded again: which files it had, under the server's ids, what was wished for them, and
// their conversions. The files themselves it loses: a browser gives them only to the one who chooses them.
const FILES = 'files', WISHES = 'wishes';

export function remember(entries) {
  const known = entries.filter((entry) => entry.id)
    .map(({ id, name, size, modified, form, jobs }) => ({ id, name, size, modified, form, jobs: jobs.map((job) => job.id) }));
  keep(FILES, known);
}

export const recall = () => kept(FILES) ?? [];

/** What is wished for all files, also for those that come later. */
export const rememberWishes = (form) => keep(WISHES, form);
export const recallWishes = () => kept(WISHES);

function keep(key, what) {
  try { sessionStorage.setItem(key, JSON.stringify(what)); } catch { /* too many to remember: those are dropped again */ }
}

function kept(key) {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}

/** The entry that waits for this very file. */
export function waiting(entries, file) {
  return entries.find((entry) => entry.state === 'lost' && entry.name === file.name && entry.size === file.size && entry.modified === file.lastModified);
}
