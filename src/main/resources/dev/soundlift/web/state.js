// What the page has: its files, and the one of them that is looked at. Whoever changes it tells, whoever shows it hears:
//   files   an entry of the list has come, gone or changed      form   a wish of the form has changed
//   wave    another outline is drawn                            drawn  stretches were dragged on it: ({ranges, moved})
//   sketched  a first outline is to be seen                   back   the line to the server is there, or there again
//   language  the page speaks the other one: what was said once is said again, or no more
import { say } from './words.js';

export const state = {
  /** {name, size, file, id, state: looking, ready, failed or lost, media, form: its own wishes, jobs, error: of the latest try} each */
  files: [],
  shown: null,
  /** So long the server keeps results. */
  keepHours: 0,
};

const listeners = new Map();

export function on(what, listener) {
  listeners.set(what, [...(listeners.get(what) ?? []), listener]);
}

export function tell(what, news) {
  for (const listener of listeners.get(what) ?? []) listener(news);
}

/** The number of the track whose outline is shown: of several that are taken the one that was ticked last. */
export function trackNow() {
  const { form, media, ticked } = state.shown;
  const taken = form.tracks.filter((track) => /^\d+$/.test(track));
  return taken.find((track) => track === ticked) ?? taken[0] ?? media.best;
}

export const isUnderWay = (job) => job.state === 'waiting' || job.state === 'running';

/** What the server said of an error, and what to do next, as sentences; or the page's own words. */
export function said(error) {
  if (error.key) return say(error.key);
  return [error.message, error.nextStep].filter(Boolean).map((words) => words[0].toUpperCase() + words.slice(1)).join(say('stop'));
}
