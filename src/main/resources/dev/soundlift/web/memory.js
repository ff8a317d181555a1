// What a tab remembers while it is loaded again: which files it had, under the server's ids, and their conversions. The
// files themselves it loses: a browser gives them only to the one who chooses them.
const KEY = 'files';

export function remember(entries) {
  const known = entries.filter((entry) => entry.id)
    .map(({ id, name, size, modified, jobs }) => ({ id, name, size, modified, jobs: jobs.map((job) => job.id) }));
  try { sessionStorage.setItem(KEY, JSON.stringify(known)); } catch { /* too many to remember: those are dropped again */ }
}

export function recall() {
  try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; }
}

/** The entry that waits for this very file. */
export function waiting(entries, file) {
  return entries.find((entry) => entry.state === 'lost' && entry.name === file.name && entry.size === file.size && entry.modified === file.lastModified);
}
