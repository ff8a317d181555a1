// The page itself: files, the form of the one that is looked at, conversions and their results.
import { recall, remember, waiting } from './memory.js';
import { addFile, call, connect, expect, giveAgain, isBack, forget, page } from './link.js';
import { clock, languageNow, say, seconds, setLanguage, size } from './words.js';
import { Wave } from './wave.js';

const $ = (id) => document.getElementById(id);
const AT_ONCE = 3;
const files = [];
let shown = null;
let start = {};
const wave = new Wave($('wave'), heardOfWave);

/** Text is set, never markup: names and tags are the words of strangers. */
function make(tag, text, attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

function options(select, choices) {
  const chosen = select.value;
  select.replaceChildren(...choices.map(([value, text]) => make('option', text, { value })));
  if (choices.some(([value]) => value === chosen)) select.value = chosen;
}

const QUALITIES = {
  mp3: ['', '320k', '256k', '192k', '128k', 'V0', 'V2', 'V5'], m4a: ['', '256k', '192k', '128k', '96k', '64k'],
  aac: ['', '256k', '192k', '128k', '96k'], opus: ['', '160k', '128k', '96k', '64k', '32k'], ogg: ['', '160k', '128k', '96k', '64k'],
};
const FORMATS = ['mp3', 'm4a', 'opus', 'flac', 'wav', 'alac', 'ogg', 'same'];

const SELECTS = ['channels', 'loudness', 'preset', 'split', 'chapter', 'pieceLength', 'pieceSize'];

function fillChoices() {
  options($('format'), FORMATS.map((format) => [format, say(`f_${format}`).split(/[:：]/)[0]]));
  options($('channels'), [['', say('asSource')], ['stereo', say('stereo')], ['mono', say('mono')], ['left', say('left')], ['right', say('right')]]);
  options($('loudness'), [['', say('loudOff')], ['podcast', say('podcast')], ['broadcast', say('broadcast')]]);
  options($('preset'), [['', say('presetNone')], ['speech', say('presetSpeech')], ['podcast', say('presetPodcast')], ['music', say('presetMusic')], ['archive', say('presetArchive')]]);
  options($('split'), [['', say('splitNone')], ['chapters', say('splitChapters')], ['silence', say('splitSilence')], ['10:00', say('split10')], ['30:00', say('split30')]]);
  options($('pieceLength'), [['', say('noLimit')], ...[5, 10, 20, 30, 60].map((minutes) => [minutes < 60 ? `${minutes}:00` : '1:00:00', say('minutes', minutes)])]);
  options($('pieceSize'), [['', say('noLimit')], ...[10, 25, 50, 100].map((megabytes) => [`${megabytes}MB`, `${megabytes} MB`])]);
  fillQualities();
}

function fillQualities() {
  const qualities = QUALITIES[$('format').value];
  $('quality-label').hidden = !qualities;
  options($('quality'), (qualities ?? ['']).map((quality) => [quality, quality ? quality.replace('k', ' kbit/s') : say('auto')]));
  $('format-words').textContent = say(`f_${$('format').value}`);
}

// ---- files

async function add(list) {
  $('drop-error').textContent = '';
  for (const file of list) {
    const lost = waiting(files, file);
    if (lost) Object.assign(lost, { file, state: 'looking' });
    else files.push({ name: file.name, file, size: file.size, modified: file.lastModified, jobs: [], state: 'looking' });
  }
  showFiles();
  const queue = files.filter((entry) => entry.state === 'looking' && !entry.begun);
  queue.forEach((entry) => { entry.begun = true; });
  const work = async () => { for (let entry; (entry = queue.shift());) await look(entry, () => give(entry)); };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Under the id that it had, if the server still knows it. */
async function give(entry) {
  if (entry.id) {
    giveAgain(entry.id, entry.file);
    const known = await call('GET', `/api/inputs/${entry.id}?quick=1`).catch(() => null);
    if (known) return entry;
  }
  return addFile(entry.file, (share) => sent(entry, share));
}

/** After the page was loaded again: what it had is shown, and waits for its file. */
async function recollect(before) {
  for (const { id, name, size: bytes, modified, jobs } of before) {
    const entry = { id, name, size: bytes, modified, state: 'lost', jobs: [] };
    files.push(entry);
    expect(id);
    entry.jobs = (await Promise.all(jobs.map((job) => call('GET', `/api/jobs/${job}`).catch(() => null)))).filter(Boolean);
  }
  showFiles();
}

function sent(entry, share) {
  const before = entry.sent;
  entry.sent = Math.floor(100 * share);
  if (entry.sent !== before) showFiles();
}

async function look(entry, adding) {
  try {
    const input = await adding();
    entry.id = input.id;
    entry.name = input.name;
    entry.media = await call('GET', `/api/inputs/${entry.id}?quick=1`);
    entry.state = 'ready';
    entry.form = { format: 'mp3', tracks: [], ranges: [] };
    if (!shown) select(entry);
    if (entry.wanted) convertFile(entry);
  } catch (error) {
    entry.state = 'failed';
    entry.error = error;
  }
  showFiles();
}

function showFiles() {
  $('files').hidden = files.length === 0;
  $('file-list').replaceChildren(...files.map((entry) => {
    const facts = entry.sent < 100 ? say('sending', entry.sent)
      : entry.state === 'looking' ? say('looking')
      : entry.state === 'lost' ? [say('lost'), entry.jobs.length ? stateOfJobs(entry) : ''].filter(Boolean).join(' · ')
      : entry.state === 'failed' ? `${entry.error.message} ${entry.error.nextStep ?? ''}`
      : [entry.media.durationSeconds ? clock(Math.round(entry.media.durationSeconds)) : '', entry.size ? size(entry.size) : '', stateOfJobs(entry)].filter(Boolean).join(' · ');
    const results = entry.state !== 'lost' ? [] : entry.jobs.flatMap((job) => (job.reports ?? []).filter((report) => report.output)
      .map((report) => make('a', say('download', report.output), { href: `/api/jobs/${job.id}/files/${encodeURIComponent(report.output)}`, download: report.output })));
    return make('li', '', { class: entry === shown ? 'current' : null },
      make('button', entry.name, { type: 'button', class: 'name', disabled: entry.state !== 'ready', 'aria-current': entry === shown ? 'true' : null, onclick: () => select(entry, true) }),
      make('span', facts, { class: entry.state === 'failed' || entry.state === 'lost' ? 'error' : 'quiet' }),
      make('button', '✕', { type: 'button', class: 'small', 'aria-label': say('removeOf', entry.name), onclick: () => remove(entry) }), ...results);
  }));
  remember(files);
  const finished = files.flatMap((entry) => entry.jobs).filter((job) => job.reports?.some((report) => report.output));
  $('zip').hidden = finished.length < 2;
  $('zip').href = '/api/files.zip?' + finished.map((job) => `job=${job.id}`).join('&');
  $('all').disabled = !files.some((entry) => entry.state === 'ready' || entry.state === 'looking');
}

function stateOfJobs(entry) {
  const last = entry.jobs.at(-1);
  return last ? stateOf(last) : say('ready');
}

function remove(entry) {
  files.splice(files.indexOf(entry), 1);
  for (const job of entry.jobs) call('DELETE', `/api/jobs/${job.id}`).catch(() => {});
  if (entry.id) forget(entry.id).catch(() => {});
  if (shown === entry) {
    shown = null;
    wave.close();
    $('file').hidden = true;
    const next = files.find((other) => other.state === 'ready');
    if (next) select(next);
  }
  showFiles();
}

// ---- one file

async function select(entry, byHand) {
  shown = entry;
  $('file').hidden = false;
  $('file-title').textContent = entry.name;
  if (byHand) $('file-title').focus();
  showFiles();
  showMedia();
  writeForm(entry.form);
  showJobs();
  const track = trackNow();
  if (track) showWave();
}

/** Listening to the channels waits until something is to be seen: both read the same file. */
async function listenTo(entry) {
  if (!entry || entry.listened) return;
  entry.listened = true;
  try {
    entry.media = await call('GET', `/api/inputs/${entry.id}`);
    if (shown === entry) showMedia();
  } catch { /* what the quick look gave is shown */ }
}

function showMedia() {
  const media = shown.media;
  const facts = [media.container, media.durationSeconds ? clock(media.durationSeconds) : '', media.chapters?.length ? say('chapters', media.chapters.length) : '', media.tags?.title ?? ''];
  $('facts').textContent = media.tracks.length ? facts.filter(Boolean).join(' · ') : say('noTracks');
  const chosen = new Set(shown.form.tracks.length ? shown.form.tracks : [String(media.best)]);
  $('track-list').replaceChildren(...media.tracks.map((track) => {
    const words = [track.language, track.title, `${track.codec}${track.profile ? ` ${track.profile}` : ''}`, track.sampleRateHz ? `${track.sampleRateHz / 1000} kHz` : '', track.layout,
      track.bitsPerSecond ? `${Math.round(track.bitsPerSecond / 1000)} kbit/s` : '', track.default ? say('default') : '', track.number === media.best ? say('best') : '', track.channelNote ?? ''];
    const box = make('input', '', { type: 'checkbox', value: String(track.number), checked: chosen.has(String(track.number)), onchange: tracksChanged });
    return make('label', '', { class: 'track' }, box, make('b', say('track1', track.number)), make('span', words.filter(Boolean).join(', ')));
  }));
  $('why').textContent = media.why ?? '';
  $('advice').replaceChildren(...(media.advice ?? []).map((advice) => make('li', advice.message)));
  $('chapter-label').hidden = !media.chapters?.length;
  options($('chapter'), [['', say('noChapter')], ...(media.chapters ?? []).map((chapter, i) => [String(i + 1), `${i + 1} ${chapter.title}`])]);
  $('wishes').hidden = $('listening').hidden = media.tracks.length === 0;
}

function trackNow() {
  const first = shown.form.tracks.find((track) => /^\d+$/.test(track));
  return first ?? shown.media.best;
}

function showWave() {
  const track = trackNow();
  $('wave-state').textContent = say('waveLoading', 0);
  $('zoom').value = 0;
  $('play').disabled = $('zoom').disabled = false;
  wave.show(shown.id, track, shown.media.durationSeconds, shown.media.chapters);
  wave.setRanges(shown.form.ranges.map(parseRange).filter(Boolean));
}

function heardOfWave(news) {
  if (news.ranges && shown) {
    shown.form.ranges = news.ranges.map(({ start: from, end }) => `${clock(round(from))}-${clock(round(end))}`);
    tellMoved(news.moved);
    showRanges();
    changed();
  }
  if (news.time !== undefined) $('clock').textContent = clock(Math.round(news.time * 10) / 10);
  if (news.playing !== undefined) $('play').textContent = say(news.playing ? 'pause' : 'play');
  if (news.sketched) listenTo(shown);
  if (news.rough) $('wave-state').textContent = say('waveRough');
  if (news.progress !== undefined) $('wave-state').textContent = news.progress < 1 ? say('waveLoading', Math.round(news.progress * 100)) : say('drag');
  if (news.error) {
    $('wave-state').textContent = `${news.error.message}. ${news.error.nextStep ?? ''}`;
    $('play').disabled = $('zoom').disabled = news.error.kind === 'no-engine'; // then nothing plays either
  }
}

const round = (time) => Math.round(time * 1000) / 1000;

function tracksChanged() {
  const boxes = [...$('track-list').querySelectorAll('input')];
  const before = trackNow();
  shown.form.tracks = boxes.filter((box) => box.checked).map((box) => box.value);
  if (shown.form.tracks.length === 1 && shown.form.tracks[0] === String(shown.media.best)) shown.form.tracks = [];
  if (String(trackNow()) !== String(before)) showWave();
  changed();
}

// ---- the form

function parseRange(text) {
  const match = /^([\d:.]+)-([\d:.]*)$/.exec(text);
  if (!match) return null;
  const from = seconds(match[1]), to = match[2] ? seconds(match[2]) : shown.media.durationSeconds;
  return to > from ? { start: from, end: to } : null;
}

/** Wishes of a sentence that the form has no field for. */
const KEPT = ['rate', 'bits', 'align', 'group', 'verify', 'strict', 'id3', 'coverFrame', 'chapterList'];

function showAlso() {
  $('also').replaceChildren(...KEPT.filter((kept) => shown.form[kept]).map((kept) => {
    const words = say(`also_${kept}`, shown.form[kept]);
    return make('li', words, {}, make('button', '✕', { type: 'button', class: 'small', 'aria-label': say('removeOf', words), onclick: () => {
      delete shown.form[kept];
      showAlso();
      changed();
    } }));
  }));
}

function readForm() {
  const form = { format: $('format').value, tracks: shown.form.tracks, ranges: shown.form.ranges, mix: shown.form.mix ?? false };
  if (form.format === 'same') form.copy = true;
  const quality = $('quality-label').hidden ? '' : $('quality').value;
  if (quality.startsWith('V')) form.vbr = quality.slice(1);
  else if (quality) form.bitrate = quality;
  for (const id of SELECTS) if ($(id).value) form[id] = $(id).value;
  for (const kept of KEPT) if (shown.form[kept]) form[kept] = shown.form[kept];
  if (form.split !== 'silence') delete form.pieceLength, delete form.pieceSize;
  if (form.split || form.chapter) form.ranges = [];
  return form;
}

function choose(select, value, text = value) {
  if (value && ![...select.options].some((option) => option.value === value)) select.append(make('option', text, { value }));
  select.value = value ?? '';
}

function writeForm(form) {
  choose($('format'), form.format ?? 'mp3');
  fillQualities();
  choose($('quality'), form.vbr ? `V${form.vbr}` : form.bitrate ?? '');
  for (const id of SELECTS) choose($(id), form[id] ?? '');
  for (const box of $('track-list').querySelectorAll('input')) {
    box.checked = form.tracks.length ? form.tracks.includes(box.value) || form.tracks.includes('all') : box.value === String(shown.media.best);
  }
  showRanges();
  showPieces();
  showAlso();
  changed();
}

function showRanges() {
  const ranges = shown.form.ranges;
  $('ranges').replaceChildren(...(ranges.length ? ranges.map((range, i) => make('li', range.replace('-', ' – '), {},
    make('button', '▶', { type: 'button', class: 'small', 'aria-label': say('playOf', range), onclick: () => {
      const { start: from, end } = parseRange(range) ?? {};
      if (end) wave.play(from, end);
    } }),
    make('button', '✕', { type: 'button', class: 'small', 'aria-label': say('removeOf', range), onclick: () => {
      shown.form.ranges = ranges.filter((_, other) => other !== i);
      wave.setRanges(shown.form.ranges.map(parseRange).filter(Boolean));
      showRanges();
      changed();
    } }))) : [make('li', say('whole'), { class: 'quiet' })]));
  showPieces();
}

/** What becomes of it, in words. */
function showPieces() {
  const split = $('split').value;
  for (const id of ['pieceLength', 'pieceSize']) $(`${id}-label`).hidden = split !== 'silence';
  const limited = $('pieceLength').value || $('pieceSize').value;
  $('pieces-words').textContent = split === 'chapters' ? say('wordsChapters') : split === 'silence' ? say(limited ? 'wordsLimited' : 'wordsSilence')
    : split ? say('wordsLengths') : shown?.form.ranges.length > 1 ? say('wordsRanges') : '';
}

function tellMoved(moved) {
  $('moved').textContent = moved.map(({ from, to, why }) => say('moved', clock(round(from)), clock(round(to)), say(why).toLowerCase())).join(' · ');
}

let planning = 0;
let pause;

function changed() {
  clearTimeout(pause);
  pause = setTimeout(plan, 150);
}

async function plan() {
  const entry = shown, number = ++planning;
  if (!entry || entry.media.tracks.length === 0) return;
  entry.form = { ...entry.form, ...readForm(), bitrate: readForm().bitrate, vbr: readForm().vbr };
  for (const id of SELECTS) if (!$(id).value) delete entry.form[id];
  try {
    const planned = await call('POST', `/api/inputs/${entry.id}/plan`, readForm());
    if (number !== planning) return;
    const many = planned.outputs.length > 1;
    const about = planned.estimatedBytes ? say(many ? 'estimateMany' : 'estimate', size(planned.estimatedBytes), planned.outputs.length) : say('unknownSize');
    const warnings = [...new Set(planned.outputs.flatMap((output) => output.warnings ?? []))];
    $('estimate').textContent = [about, ...warnings].join(' · ');
    $('why').textContent = planned.outputs[0]?.track?.why ?? '';
    if (entry.form.tracks.some((track) => !/^\d+$/.test(track))) { // by language or title: now it is known which these are
      const taken = new Set(planned.outputs.map((output) => String(output.track?.number)));
      for (const box of $('track-list').querySelectorAll('input')) box.checked = taken.has(box.value);
    }
    $('command').textContent = 'soundlift ' + planned.commandLine.map(quoted).join(' ');
    $('plan-error').textContent = '';
    $('convert').disabled = false;
  } catch (error) {
    if (number !== planning) return;
    $('estimate').textContent = '';
    $('plan-error').textContent = `${error.message}. ${error.nextStep}`;
    $('convert').disabled = true;
  }
}

const quoted = (word) => (/^[\w./:+=,@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function addRange() {
  const from = $('from').value.trim() ? seconds($('from').value) : 0;
  const to = $('to').value.trim() ? seconds($('to').value) : shown.media.durationSeconds ?? NaN;
  $('range-error').textContent = Number.isNaN(from) || Number.isNaN(to) ? say('badTime') : to <= from ? say('badRange') : '';
  if ($('range-error').textContent) return;
  const { start: begin, end, moved } = wave.snapped({ start: from, end: to });
  tellMoved(moved);
  shown.form.ranges = [...shown.form.ranges, `${clock(round(begin))}-${clock(round(end))}`];
  $('split').value = $('chapter').value = $('from').value = $('to').value = '';
  wave.setRanges(shown.form.ranges.map(parseRange).filter(Boolean));
  showRanges();
  changed();
}

async function readSentence() {
  const text = $('sentence').value.trim();
  if (!text) return;
  try {
    const reading = await call('POST', '/api/sentence', { text });
    const words = [];
    if (reading.understood.length) words.push(say('understood', reading.understood.join(' · ')));
    if (reading.notUnderstood.length) words.push(say('notUnderstood', reading.notUnderstood.join(' · ')));
    words.push(...reading.contradictions);
    if (reading.notDone.length) words.push(say('notDone', reading.notDone.join('; ')));
    $('understood').textContent = words.join(' — ') || say('nothingUnderstood');
    if (!reading.understood.length || reading.contradictions.length) return;
    const before = trackNow();
    shown.form = { ...reading.form };
    writeForm(shown.form);
    if (String(trackNow()) !== String(before)) showWave();
    else wave.setRanges(shown.form.ranges.map(parseRange).filter(Boolean));
  } catch (error) {
    $('understood').textContent = error.message;
  }
}

// ---- conversions

async function convert(entry, form, consent) {
  const job = await call('POST', '/api/jobs', { input: entry.id, form, consent });
  entry.jobs.push(early.get(job.id) ?? job);
  early.delete(job.id);
  showFiles();
  if (entry === shown) showJobs();
}

/** Shows what would be sent; sent it is only by the button there. */
async function askForCloud() {
  const entry = shown, panel = $('cloud-panel');
  $('cloud-file').textContent = say('cloudFile', entry.name);
  $('cloud-error').textContent = '';
  $('cloud-words').replaceChildren();
  $('cloud-send').disabled = true;
  panel.showModal();
  try {
    const { words, consent } = await call('POST', `/api/inputs/${entry.id}/cloud`, readForm());
    $('cloud-words').replaceChildren(...words.map((word) => make('li', word)));
    $('cloud-send').disabled = false;
    $('cloud-send').onclick = async () => {
      $('cloud-send').disabled = true;
      try {
        await convert(entry, {}, consent);
        panel.close();
      } catch (error) { $('cloud-error').textContent = `${error.message}. ${error.nextStep}`; }
    };
  } catch (error) {
    $('cloud-error').textContent = `${error.message}. ${error.nextStep}`;
  }
}

async function convertFile(entry) {
  if (entry.media.tracks.length === 0) return;
  try {
    await convert(entry, entry === shown ? readForm() : entry.form);
  } catch (error) {
    entry.state = 'failed';
    entry.error = error;
    showFiles();
  }
}

const early = new Map();

let isOver = false;

/** The server is gone, and with it whatever it had under way. */
function ended() {
  isOver = true;
  $('line').textContent = say('ended');
  for (const entry of files) for (const job of entry.jobs) if (job.state === 'waiting' || job.state === 'running') job.state = 'gone';
  showFiles();
  if (shown) showJobs();
}

function heard(message) {
  if (message.type === 'line') {
    if (message.ended) ended();
    else if (message.open || !isOver) $('line').textContent = message.open ? '' : say(message.blocked ? 'blocked' : 'offline');
    if (message.open) isOver = false;
    $('line').className = message.open || message.blocked ? '' : 'error';
    return;
  }
  if (message.type !== 'job') return;
  const entry = files.find((file) => file.jobs.some((job) => job.id === message.id));
  if (!entry) {
    early.set(message.id, message); // news may be faster than the answer that names the job
    return;
  }
  const i = entry.jobs.findIndex((job) => job.id === message.id);
  entry.jobs[i] = message;
  showFiles();
  if (entry === shown) showJobs();
}

function share(job) {
  return job.totalSeconds ? Math.min(1, job.doneSeconds / job.totalSeconds) : 0;
}

function stateOf(job) {
  if (job.state === 'waiting') return say('waiting');
  if (job.state === 'cancelled') return say('cancelled');
  if (job.state === 'gone') return say('jobGone');
  if (job.state === 'running' && job.says) return job.says;
  if (job.state === 'running') {
    const speed = job.runningSeconds > 0.2 ? Math.round(job.doneSeconds / job.runningSeconds) : '…';
    if (!job.totalSeconds) return say('runningOpen', clock(Math.round(job.doneSeconds)), speed);
    const part = share(job);
    const left = part > 0.01 ? clock(Math.ceil(job.runningSeconds * (1 - part) / part)) : '…';
    return say('running', Math.round(part * 100), left, speed);
  }
  return job.reports.some((report) => report.error) ? say('failed') : say('done');
}

function showJobs() {
  $('jobs-section').hidden = shown.jobs.length === 0;
  $('jobs').replaceChildren(...[...shown.jobs].reverse().map((job) => {
    const item = make('li', '', {});
    const running = job.state === 'waiting' || job.state === 'running';
    if (running) {
      item.append(make('progress', '', { max: 1, value: job.state === 'running' && job.totalSeconds ? share(job) : null, 'aria-label': say('job', shown.name) }),
        make('span', stateOf(job)), make('button', say('cancel'), { type: 'button', onclick: () => call('POST', `/api/jobs/${job.id}/stop`, {}) }));
      return item;
    }
    if (job.state === 'gone') item.append(make('p', say('jobGone'), { class: 'error' }));
    else if (job.state === 'cancelled' && !job.reports.some((report) => report.output)) item.append(make('span', say('cancelled')));
    else item.append(...job.reports.map((report) => showReport(job, report)));
    item.append(make('button', say('remove'), { type: 'button', class: 'small', onclick: async () => {
      shown.jobs = shown.jobs.filter((other) => other.id !== job.id);
      await call('DELETE', `/api/jobs/${job.id}`).catch(() => {});
      showJobs();
      showFiles();
    } }));
    return item;
  }));
}

function showReport(job, report) {
  if (report.error) return make('p', `✗ ${report.error.message}. ${report.error.nextStep}`, { class: 'error' });
  const place = `/api/jobs/${job.id}/files/${encodeURIComponent(report.output)}`;
  const level = report.loudness?.integratedLufs == null ? say('silent') : say('level', report.loudness.integratedLufs.toFixed(1), (report.loudness.peakDbfs ?? 0).toFixed(1));
  const box = make('div', '', { class: 'report' },
    make('p', `✓ ${say('verified', clock(report.durationSeconds), level)}`, { class: 'good' }),
    make('a', say('download', `${report.output} (${size(report.bytes)})`), { href: place, download: report.output, class: 'button primary' }),
    make('audio', '', { controls: true, preload: 'none', src: `${place}?play=1`, 'aria-label': say('listen') + ' ' + report.output }));
  if (shown.size && report.bytesRead > 0 && report.bytesRead < shown.size / 2) box.append(make('p', say('read', size(report.bytesRead), size(shown.size)), { class: 'quiet' }));
  const notes = [...(report.warnings ?? []), ...(report.repairs ?? [])];
  if (notes.length) box.append(make('p', say('warnings')), make('ul', '', {}, ...notes.map((note) => make('li', note))));
  for (const name of report.alsoWritten ?? []) box.append(make('a', say('download', name), { href: `/api/jobs/${job.id}/files/${encodeURIComponent(name)}`, download: name }));
  return box;
}

// ---- wiring

async function open(text) {
  if (!text) return;
  const entry = { name: text, jobs: [], state: 'looking', begun: true };
  files.push(entry);
  showFiles();
  const web = /^https?:\/\//i.test(text);
  await look(entry, () => call('POST', '/api/inputs', { page, [web ? 'url' : 'path']: text }));
}

function changeLanguage(to) {
  setLanguage(to);
  try { localStorage.setItem('language', to); } catch { /* private windows forget */ }
  $('language').textContent = say('other');
  $('language').lang = to === 'zh' ? 'en' : 'zh';
  fillChoices();
  $('play').textContent = say('play');
  if (shown) {
    $('wave-state').textContent = say('drag');
    writeForm(shown.form);
  }
  showFiles();
  retell();
}

/** What the server has said of files and results, in the other language. */
async function retell() {
  for (const entry of files) {
    entry.jobs = await Promise.all(entry.jobs.map((job) => call('GET', `/api/jobs/${job.id}`).catch(() => job)));
    if (entry.media) entry.media = await call('GET', `/api/inputs/${entry.id}${entry.listened ? '' : '?quick=1'}`).catch(() => entry.media);
    if (entry !== shown) continue;
    showMedia();
    showJobs();
  }
  showFiles();
}

async function begin() {
  const before = isBack ? recall() : []; // what is shown is remembered, and nothing is shown yet
  let remembered = null;
  try { remembered = localStorage.getItem('language'); } catch { /* private windows forget */ }
  start = await call('GET', '/api/start').catch(() => ({ language: 'en' }));
  $('cloud-line').hidden = !start.cloud;
  changeLanguage(remembered ?? (navigator.language.startsWith('zh') ? 'zh' : start.language));
  await recollect(before);
  connect(heard, () => files.some((entry) => entry.jobs.length > 0));
}

$('language').onclick = () => changeLanguage(languageNow() === 'zh' ? 'en' : 'zh');
$('pick').onchange = (event) => { add(event.target.files); event.target.value = ''; };
$('elsewhere').onsubmit = (event) => { event.preventDefault(); open($('address').value.trim()); $('address').value = ''; };
for (const what of ['dragover', 'drop']) document.addEventListener(what, (event) => event.preventDefault());
document.addEventListener('dragover', () => $('drop').classList.add('over'));
document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) $('drop').classList.remove('over'); });
document.addEventListener('drop', (event) => { $('drop').classList.remove('over'); add(event.dataTransfer.files); });
$('format').onchange = () => { fillQualities(); changed(); };
for (const id of ['quality', 'channels', 'loudness', 'preset']) $(id).onchange = changed;
for (const id of ['split', 'chapter']) {
  $(id).onchange = () => {
    if ($(id).value) { $(id === 'split' ? 'chapter' : 'split').value = ''; shown.form.ranges = []; wave.setRanges([]); showRanges(); }
    showPieces();
    changed();
  };
}
$('cloud').onclick = askForCloud;
$('cloud-not').onclick = () => $('cloud-panel').close();
$('play').onclick = () => wave.playPause();
$('snap').onchange = () => { wave.snapping = $('snap').checked; };
for (const id of ['pieceLength', 'pieceSize']) $(id).onchange = () => { showPieces(); changed(); };
$('zoom').oninput = (event) => wave.zoom(Number(event.target.value));
$('add-range').onclick = addRange;
for (const id of ['from', 'to']) $(id).onkeydown = (event) => { if (event.key === 'Enter') { event.preventDefault(); addRange(); } };
$('read').onclick = readSentence;
$('sentence').onkeydown = (event) => { if (event.key === 'Enter') { event.preventDefault(); readSentence(); } };
$('wishes').onsubmit = (event) => { event.preventDefault(); convert(shown, readForm()).catch((error) => { $('plan-error').textContent = `${error.message}. ${error.nextStep ?? ''}`; }); };
$('all').onclick = () => {
  for (const entry of files) {
    if (entry.state === 'looking') entry.wanted = true; // as soon as it is known what is in it
    else if (entry.state === 'ready') convertFile(entry);
  }
};
$('copy').onclick = async () => {
  const selection = getSelection();
  selection.selectAllChildren($('command'));
  try { await navigator.clipboard.writeText($('command').textContent); $('copy').textContent = say('copied'); } catch { /* it is selected: Ctrl-C copies it */ }
  setTimeout(() => { $('copy').textContent = say('copy'); }, 2000);
};
begin();
