// What the page has: its files, and the one of them that is looked at. Whoever changes it tells, whoever shows it hears:
//   files   an entry of the list has come, gone or changed      form   a wish of the form has changed
//   wave    another outline is drawn                            drawn  stretches were dragged on it: ({ranges, moved})
//   sketched  a first outline is to be seen
export const state = {
  /** {name, size, file, id, state: looking, ready, failed or lost, media, form, jobs, error} each */
  files: [],
  shown: null,
};

const listeners = new Map();

export function on(what, listener) {
  listeners.set(what, [...(listeners.get(what) ?? []), listener]);
}

export function tell(what, news) {
  for (const listener of listeners.get(what) ?? []) listener(news);
}

/** The number of the track whose outline is shown. */
export function trackNow() {
  const { form, media } = state.shown;
  return form.tracks.find((track) => /^\d+$/.test(track)) ?? media.best;
}

export const isUnderWay = (job) => job.state === 'waiting' || job.state === 'running';

/** What the server said of an error, and what to do next, as sentences. */
export function said(error) {
  return [error.message, error.nextStep].filter(Boolean).map((words) => words[0].toUpperCase() + words.slice(1)).join('. ');
}
