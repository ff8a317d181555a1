// The list of files: they come by hand, by address or from before the page was loaded again; each is looked into.
import { $, arrange, make, passFocus, setText } from './dom.js';
import { close, select } from './file.js';
import { wishesOf } from './form.js';
import { convertFile, link, markSaved, outputs, removeJob, stateOf } from './jobs.js';
import { addFile, call, expect, forget, giveAgain, ownError, page } from './link.js';
import { remember, waiting } from './memory.js';
import { isUnderWay, on, said, state, tell } from './state.js';
import { clock, say, size } from './words.js';

const AT_ONCE = 3;
const WEB = /^https?:\/\/\S+$/i;

async function add(list) {
  $('drop-error').textContent = '';
  for (const file of list) {
    const lost = waiting(state.files, file);
    if (lost) Object.assign(lost, { file, state: 'looking' });
    else state.files.push({ name: file.name, file, size: file.size, modified: file.lastModified, jobs: [], state: 'looking' });
  }
  tell('files');
  const queue = state.files.filter((entry) => entry.state === 'looking' && !entry.begun);
  queue.forEach((entry) => { entry.begun = true; });
  await someAtOnce(queue, (entry) => look(entry, () => give(entry)));
}

async function someAtOnce(queue, work) {
  const one = async () => { for (let entry; (entry = queue.shift());) await work(entry); };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Also what was picked before this script was there. */
export function takePicked() {
  const picked = add($('pick').files);
  $('pick').value = '';
  return picked;
}

/** Under the id that it had, if the server still knows it. */
async function give(entry) {
  if (entry.id) {
    giveAgain(entry.id, entry.file);
    const known = await call('GET', `/api/inputs/${entry.id}?quick=1`).catch(() => null);
    if (known) return entry;
  }
  return addFile(entry.file, (share) => {
    entry.sent = Math.floor(100 * share);
    tell('files');
  }, () => {
    const broke = ownError('notSent');
    Object.assign(entry, { broke, error: broke, state: 'failed' });
    leave(entry);
    tell('files');
  });
}

/** The address of a media file, or a path on the server's machine. */
async function open(text) {
  if (!text) return;
  const entry = { name: text, jobs: [], state: 'looking', begun: true };
  state.files.push(entry);
  tell('files');
  await look(entry, () => call('POST', '/api/inputs', { page, [WEB.test(text) ? 'url' : 'path']: text }));
}

/** An address that was pasted, or a link that was dropped. */
function openPasted(data) {
  const text = (data.getData('text/uri-list') || data.getData('text/plain')).trim();
  if (WEB.test(text) && new URL(text).origin !== location.origin) open(text); // a result that slipped from the mouse is no input
}

async function look(entry, adding) {
  entry.adding = adding;
  const isThere = () => state.files.includes(entry); // it may be removed meanwhile
  if (!isThere()) return;
  try {
    const input = await adding();
    entry.id = input.id;
    entry.name = input.name;
    if (isThere()) entry.media = await call('GET', `/api/inputs/${entry.id}?quick=1`);
    if (!isThere()) {
      forget(entry.id).catch(() => {});
      return;
    }
    if (entry.broke) throw entry.broke;
    Object.assign(entry, { state: 'ready', error: null });
    if (!state.shown) select(entry);
    if (entry.wanted) convertFile(entry);
  } catch (error) {
    Object.assign(entry, { state: 'failed', error: entry.broke ?? error });
  }
  entry.wanted = false; // who looks again later, for another reason, converts nothing
  tell('files');
}

/** What went wrong, in the language of now: who looks again hears it again, and what was wrong with wishes is asked of their plan. */
export async function retellErrors() {
  await someAtOnce(state.files.filter((entry) => entry.error && !entry.error.key), async (entry) => {
    if (entry.state === 'failed') await look(entry, entry.id ? async () => entry : entry.adding);
    else entry.error = await call('POST', `/api/inputs/${entry.id}/plan`, wishesOf(entry)).then(() => null, (error) => error);
  });
}

/** After the page was loaded again: what it had is shown; what it kept itself waits for its file. */
export async function recollect(before) {
  for (const { id, name, size: bytes, modified, form, jobs } of before) {
    const entry = { id, name, size: bytes, modified, form, state: 'lost', jobs: [] };
    state.files.push(entry);
    entry.jobs = (await Promise.all(jobs.map((job) => call('GET', `/api/jobs/${job}`).catch(() => null)))).filter(Boolean);
    if (bytes === undefined) look(Object.assign(entry, { state: 'looking', begun: true }), async () => entry); // an address or a path
    else expect(id);
  }
  tell('files');
}

/** Another is looked at, if there is one. */
function leave(entry) {
  if (state.shown !== entry) return;
  close();
  const next = state.files.find((other) => other.state === 'ready');
  if (next) select(next);
}

function remove(entry) {
  const { files } = state, index = files.indexOf(entry);
  files.splice(index, 1);
  entry.jobs.forEach(removeJob);
  if (entry.id) forget(entry.id).catch(() => {});
  leave(entry);
  tell('files');
  passFocus('#file-list button.small', index, $('pick'));
}

// ---- how they are shown

function facts(entry) {
  if (entry.sent < 100) return [say('sending', entry.sent)];
  const last = entry.jobs.at(-1);
  switch (entry.state) {
    case 'looking': return [say('looking')];
    case 'failed': return [said(entry.error)];
    case 'lost': return [say('lost'), last ? stateOf(last) : ''];
    default: return [entry.media.durationSeconds ? clock(Math.round(entry.media.durationSeconds)) : '', entry.size ? size(entry.size) : '',
      entry.error ? said(entry.error) : last ? stateOf(last) : say(entry.media.tracks.length ? 'ready' : 'noTracks')];
  }
}

/** Made once for each file, and told what is new. */
const lines = new WeakMap();

function line(entry) {
  const name = make('button', '', { type: 'button', class: 'name', onclick: () => select(entry, true) });
  const told = make('span');
  const away = make('button', '✕', { type: 'button', class: 'small', onclick: () => remove(entry) });
  const item = make('li', '', {}, name, told, away);
  return { item, name, told, away };
}

function shownLine(entry) {
  if (!lines.has(entry)) lines.set(entry, line(entry));
  const { item, name, told, away } = lines.get(entry);
  const current = entry === state.shown;
  item.classList.toggle('current', current);
  setText(name, entry.name);
  name.disabled = entry.state !== 'ready';
  if (current) name.setAttribute('aria-current', 'true');
  else name.removeAttribute('aria-current');
  setText(told, facts(entry).filter(Boolean).join(' · '));
  told.className = entry.state === 'failed' || entry.error ? 'error' : 'quiet';
  away.setAttribute('aria-label', say('removeOf', entry.name));
  const isShut = entry.state === 'lost' || entry.state === 'failed'; // nobody can look at it, and at its results there
  item.classList.toggle('lost', isShut);
  arrange(item, [name, told, fetchOf(entry), away, ...(isShut ? entry.jobs.flatMap(results) : [])].filter(Boolean));
  return item;
}

/** The one result of a file, once its conversion is done; several are beside the file or in the archive. */
const fetches = new WeakMap();

function fetchOf(entry) {
  const job = entry.jobs.at(-1), made = job ? outputs(job) : [];
  if (entry.state !== 'ready' || job?.state !== 'done' || made.length !== 1) return null;
  if (fetches.get(entry)?.job !== job.id) fetches.set(entry, { job: job.id, element: link(job, made[0], '↓', 'button small') });
  const { element } = fetches.get(entry);
  element.setAttribute('aria-label', say('download', made[0]));
  return element;
}

/** What was made before the page was loaded again. */
const results = (job) => outputs(job).map((output) => link(job, output, say('download', output)));

function show() {
  const { files } = state;
  $('files').hidden = files.length === 0;
  arrange($('file-list'), files.map(shownLine));
  remember(files);
  $('zip').hidden = files.flatMap((entry) => entry.jobs).filter((job) => job.state === 'done').flatMap(outputs).length < 2;
  $('all').hidden = files.length < 2;
  $('as-below').hidden = files.length < 2 || !state.shown;
  $('all').disabled = !files.some((entry) => entry.state === 'ready' || entry.state === 'looking');
}

on('files', show);
on('form', () => remember(state.files)); // with what is wished for them

$('pick').onchange = takePicked;
$('elsewhere').onsubmit = (event) => { event.preventDefault(); open($('address').value.trim()); $('address').value = ''; };
for (const what of ['dragover', 'drop']) document.addEventListener(what, (event) => event.preventDefault());
document.addEventListener('dragover', () => $('drop').classList.add('over'));
document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) $('drop').classList.remove('over'); });
document.addEventListener('drop', ({ dataTransfer }) => {
  $('drop').classList.remove('over');
  if (dataTransfer.files.length) add(dataTransfer.files);
  else openPasted(dataTransfer);
});
document.addEventListener('paste', (event) => {
  if (event.target.closest?.('input, pre')) return; // it is meant for that
  if (event.clipboardData.files.length) add(event.clipboardData.files);
  else openPasted(event.clipboardData);
});
$('zip').href = `/api/files.zip?page=${page}`;
$('zip').onclick = () => markSaved(state.files.flatMap((entry) => entry.jobs));
$('all').onclick = () => {
  for (const entry of state.files) {
    if (entry.state === 'looking') entry.wanted = true; // as soon as it is known what is in it
    else if (entry.state === 'ready' && !entry.jobs.some(isUnderWay)) convertFile(entry);
  }
};
