// Conversions: begun, followed while they run, and their results to hear and to fetch.
import { $, arrange, make, passFocus, setText } from './dom.js';
import { readForm, wishesOf } from './form.js';
import { call, page } from './link.js';
import { isUnderWay, on, said, state, tell } from './state.js';
import { clock, languageNow, say, size } from './words.js';

/** News may be faster than the answer that names the job: kept while such an answer is on its way. */
const early = new Map();
let asking = 0;

export async function convert(entry, form, consent) {
  asking++;
  entry.error = null;
  try {
    const job = await call('POST', '/api/jobs', { input: entry.id, form, consent });
    if (!state.files.includes(entry)) { // it was removed meanwhile
      removeJob(job);
      return;
    }
    entry.jobs.push(early.get(job.id) ?? job);
  } finally {
    if (--asking === 0) early.clear();
  }
  changed(entry);
}

export function removeJob({ id }) {
  call('DELETE', `/api/jobs/${id}`).catch(() => {});
}

/** One of many: what is wrong with it stands beside its name. */
export async function convertFile(entry) {
  if (entry.asked || entry.media.tracks.length === 0) return;
  entry.asked = true;
  try {
    await convert(entry, wishesOf(entry));
  } catch (error) {
    entry.error = error;
    tell('files');
  }
  entry.asked = false;
}

function changed(entry) {
  tell('files');
  if (entry === state.shown) showJobs();
}

/** News of a job, from the server. */
export function heardOfJob(news) {
  const entry = state.files.find((file) => file.jobs.some((job) => job.id === news.id));
  if (!entry) {
    if (asking) early.set(news.id, news);
    return;
  }
  const index = entry.jobs.findIndex((job) => job.id === news.id), { state: before } = entry.jobs[index];
  if (isUnderWay(news) && ['done', 'cancelled', 'removed'].includes(before)) return; // it ended while this was on its way
  entry.jobs[index] = news;
  changed(entry);
}

/** All of them, where nobody tells of each; what the server no longer has it has removed. */
export async function hearAll() {
  const before = state.files.flatMap((entry) => entry.jobs);
  const all = await call('GET', `/api/jobs?page=${page}`).catch(() => null);
  if (!all) return;
  const known = new Map(before.map((job) => [job.id, JSON.stringify(job)]));
  const here = new Set(all.map((job) => job.id));
  const removed = before.filter((job) => !here.has(job.id)).map(({ id }) => ({ type: 'job', id, state: 'removed', reports: [] }));
  for (const news of [...all, ...removed]) if (known.get(news.id) !== JSON.stringify(news)) heardOfJob(news);
}

on('back', hearAll);

/** All of them in the language of now. */
export async function retellJobs() {
  await Promise.all(state.files.flatMap((entry) => entry.jobs).map(async ({ id }) => {
    const news = await call('GET', `/api/jobs/${id}`).catch(() => null);
    if (news) heardOfJob(news);
  }));
}

/** The server is gone, and with it whatever it had under way. */
export function endAll() {
  for (const entry of state.files) for (const job of entry.jobs) if (isUnderWay(job)) job.state = 'gone';
  tell('files');
  if (state.shown) showJobs();
}

// ---- what would be lost with the page

const saved = new Set();
export const outputs = (job) => (job.reports ?? []).map((report) => report.output).filter(Boolean);

export function markSaved(jobs) {
  for (const job of jobs) for (const output of outputs(job)) saved.add(`${job.id}/${output}`);
}

addEventListener('beforeunload', (event) => {
  const lost = (job) => isUnderWay(job) || outputs(job).some((output) => !saved.has(`${job.id}/${output}`));
  if (state.files.some((entry) => entry.jobs.some(lost))) event.preventDefault();
});

// ---- how they are shown

export function stateOf(job) {
  switch (job.state) {
    case 'waiting': return say('waiting');
    case 'cancelled': return say('cancelled');
    case 'gone': return say('jobGone');
    case 'removed': return say('jobRemoved');
    case 'running': return job.says || speedOf(job);
    default: return job.reports.some((report) => report.error) ? say('failed') : say('done');
  }
}

function speedOf(job) {
  const part = share(job), speed = Math.round(job.doneSeconds / job.runningSeconds);
  if (!job.totalSeconds) return say('runningOpen', clock(Math.round(job.doneSeconds)), speed);
  if (part < 0.02) return say('runningFirst');
  return say('running', Math.round(part * 100), clock(Math.ceil(job.runningSeconds * (1 - part) / part)), speed);
}

const share = (job) => (job.totalSeconds ? Math.min(1, job.doneSeconds / job.totalSeconds) : 0);

/** By the job's id; one that is under way is told what is new, one that has ended is made once, since it may be playing. */
const items = new Map();

export function showJobs() {
  const { shown } = state;
  let followed; // where the focus was while it was under way
  $('jobs-section').hidden = shown.jobs.length === 0;
  arrange($('jobs'), [...shown.jobs].reverse().map((job) => {
    const shows = isUnderWay(job) ? 'under way' : JSON.stringify(job);
    const before = items.get(job.id);
    const now = before?.shows === shows + languageNow() ? before
      : { shows: shows + languageNow(), ...(isUnderWay(job) ? underWay(job, shown) : { item: ended(job, shown) }) };
    items.set(job.id, now);
    now.tell?.(job);
    if (now !== before && before?.item.contains(document.activeElement)) followed = now.item;
    return now.item;
  }));
  followed?.querySelector('a, button').focus();
}

function underWay(job, entry) {
  const bar = make('progress', '', { max: 1, 'aria-label': say('job', entry.name) });
  const words = make('span');
  const stop = make('button', say('cancel'), { type: 'button', onclick: () => call('POST', `/api/jobs/${job.id}/stop`, {}).catch(() => {}) });
  return { item: make('li', '', {}, bar, words, stop), tell: (news) => {
    if (news.state === 'running' && news.totalSeconds) bar.value = share(news);
    else bar.removeAttribute('value');
    setText(words, stateOf(news));
  } };
}

function ended(job, entry) {
  const shows = job.state === 'gone' || job.state === 'removed' ? [make('p', stateOf(job), { class: 'error' })]
    : job.state === 'cancelled' && !outputs(job).length ? [make('span', say('cancelled'))]
    : job.reports.map((report) => result(job, report, entry));
  return make('li', '', {}, ...shows, make('button', say('remove'), { type: 'button', class: 'small', onclick: () => {
    const index = [...entry.jobs].reverse().findIndex((other) => other.id === job.id);
    entry.jobs = entry.jobs.filter((other) => other.id !== job.id);
    items.delete(job.id);
    changed(entry);
    passFocus('#jobs > li > button', index, $('convert'));
    removeJob(job);
  } }));
}

/** To fetch a result. */
export function link(job, output, text, looks) {
  const saving = () => saved.add(`${job.id}/${output}`);
  return make('a', text, { href: `/api/jobs/${job.id}/files/${encodeURIComponent(output)}`, download: output, class: looks ?? null, onclick: saving });
}

function result(job, report, entry) {
  if (report.error) return make('p', `✗ ${said(report.error)}`, { class: 'error' });
  const { output } = report;
  const fetched = link(job, output, say('download', `${output} (${size(report.bytes)})`), 'button primary');
  const box = make('div', '', { class: 'report' },
    make('p', '', { class: 'good' }, ...findings(report).map((words) => make('span', `${words} `, { class: words.startsWith('⚠') && 'heed' }))),
    fetched,
    make('audio', '', { controls: true, preload: 'none', src: `${fetched.getAttribute('href')}?play=1`, 'aria-label': `${say('listen')} ${output}` }));
  if (entry.size && report.bytesRead > 0 && report.bytesRead < entry.size / 2) box.append(make('p', say('read', size(report.bytesRead), size(entry.size)), { class: 'quiet' }));
  const notes = [...(report.warnings ?? []), ...(report.repairs ?? [])];
  if (notes.length) box.append(make('p', say('warnings')), make('ul', '', {}, ...notes.map((note) => make('li', note))));
  box.append(...(report.alsoWritten ?? []).map((name) => link(job, name, say('download', name))));
  return box;
}

const decibels = (value) => value.toFixed(1).replace('-', '−');

/** What was found when it was verified, each with its mark. */
function findings({ durationSeconds, checks, loudness }) {
  const length = clock(Math.round(durationSeconds * 1000) / 1000);
  if (!checks.length) return [say('unverified', length)];
  const mark = (name) => (checks.some((check) => check.name === name && check.verdict !== 'pass') ? '⚠' : '✓');
  const level = checks.find((check) => check.name === 'level')?.actual;
  const silent = level === 'silence';
  const measured = loudness?.integratedLufs == null || silent ? [] : [`✓ ${say('level', decibels(loudness.integratedLufs), decibels(loudness.peakDbfs ?? 0))}`];
  const sound = level === undefined ? [] : [`${mark('level')} ${say(silent ? 'silent' : level === 'not decodable here' ? 'unheard' : 'isSound')}`];
  const packets = checks.some((check) => check.name === 'packets') ? [`${mark('packets')} ${say('identical')}`] : [];
  const damaged = mark('decodes') === '⚠' ? [`⚠ ${say('damaged')}`] : [];
  return [`${mark('duration')} ${say('verified', length)}`, ...packets, ...measured, ...sound, ...damaged];
}

$('wishes').onsubmit = (event) => {
  event.preventDefault();
  const entry = state.shown;
  if (entry.asked) return; // twice in one breath
  entry.asked = true;
  convert(entry, readForm())
    .then(() => { if (entry === state.shown) $('jobs').firstElementChild.scrollIntoView({ block: 'nearest' }); })
    .catch((error) => { if (entry === state.shown) $('plan-error').textContent = said(error); })
    .finally(() => { entry.asked = false; });
};
