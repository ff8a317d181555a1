// The line to the server: requests, and the socket over which it asks for parts of the files that this page keeps.
import { packed, walk } from './walk.js';
import { languageNow, say } from './words.js';

const READ_ERROR = 1;
const FEW_TRIES = 2;
const PATIENCE_MILLIS = 10_000;
const POLL_MILLIS = 1000;
const kept = new Map();
const sending = new Map();
/** Questions about files that this tab had before it was loaded again, by the files' ids. */
const awaited = new Map();
let blocked = false;
let known;
const lineKnown = new Promise((resolve) => { known = () => resolve(true); });
let busy = () => false;
/** Anew with each load, unless conversions are under way or wait to be fetched: then the server keeps what belongs to them. */
const earlier = sessionStorage.getItem('page');
sessionStorage.removeItem('page');
export const isBack = earlier !== null;
export const page = earlier ?? random();
addEventListener('pagehide', (event) => {
  if (busy()) sessionStorage.setItem('page', page);
  else if (!event.persisted) fetch(`/api/pages/${page}`, { method: 'DELETE', keepalive: true, headers: { 'X-Soundlift': languageNow() } });
});

function random() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** In words of the page, which are found when it is shown. */
export const ownError = (key) => Object.assign(new Error(key), { key });

/** An error has the server's words: message and nextStep. */
export async function call(method, path, body) {
  const response = await request(method, path, body);
  return response.headers.get('Content-Type')?.startsWith('application/json') ? response.json() : null;
}

export async function request(method, path, body, signal) {
  const headers = { 'X-Soundlift': languageNow() };
  if (body) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal })
    .catch((broken) => { throw signal?.aborted ? broken : ownError('unreachable'); });
  if (response.ok) return response;
  const said = await response.json().catch(() => null);
  const error = new Error(said?.error?.message ?? `${response.status} ${response.statusText}`);
  error.nextStep = said?.error?.nextStep ?? '';
  error.kind = said?.error?.kind ?? '';
  throw error;
}

/**
 * @param sent hears how much of it has gone, 0..1, where it must be sent whole because nobody can ask for parts of it
 * @param broke is called where that did not succeed
 */
export async function addFile(file, sent, broke) {
  const upload = await lineKnown && blocked;
  const input = await call('POST', '/api/inputs', { page, name: file.name, size: file.size, upload });
  if (upload) send({ id: input.id, file, sent, broke });
  else kept.set(input.id, file);
  return input;
}

/** From here on questions about this file wait until it is chosen again. */
export function expect(id) {
  if (!kept.has(id)) awaited.set(id, []);
}

/** A file that was chosen again. */
export function giveAgain(id, file) {
  kept.set(id, file);
  const questions = awaited.get(id) ?? [];
  awaited.delete(id);
  for (const { socket, question } of questions) answer(socket, question);
}

/** A browser has six connections to a server: some are for questions. */
const SENT_AT_ONCE = 2;
const toSend = [];

function send(what) {
  toSend.push(what);
  sendNext();
}

/** Who reads the file on the other side is told when it breaks; where nothing of it arrived, by forgetting it. */
function sendNext() {
  if (sending.size >= SENT_AT_ONCE || toSend.length === 0) return;
  const { id, file, sent, broke } = toSend.shift();
  const request = new XMLHttpRequest();
  request.open('PUT', `/api/inputs/${id}/content`);
  request.setRequestHeader('X-Soundlift', languageNow());
  request.upload.onprogress = (event) => sent(event.loaded / event.total);
  request.onloadend = () => {
    const isAborted = !sending.delete(id);
    sent(1);
    sendNext();
    if (request.status === 200 || isAborted) return;
    broke();
    forget(id).catch(() => {});
  };
  sending.set(id, request);
  request.send(file);
}

export function forget(id) {
  kept.delete(id);
  awaited.delete(id);
  toSend.splice(0, toSend.length, ...toSend.filter((waiting) => waiting.id !== id));
  const request = sending.get(id);
  sending.delete(id);
  request?.abort();
  return call('DELETE', `/api/inputs/${id}`);
}

/**
 * Calls back with each message, with {type: 'line', open} when the line breaks or is there again, and with {type: 'turn'}
 * now and then while there is none.
 */
export function connect(listener, isBusy) {
  busy = isBusy;
  let pause = 500, tries = 0, opened = false;
  let socket;
  const poll = async () => {
    if (!blocked) return;
    await listener({ type: 'turn' });
    setTimeout(poll, POLL_MILLIS);
  };
  const block = () => { // a proxy, a firewall or a guard lets no socket through
    if (opened || blocked) return;
    blocked = true;
    known();
    listener({ type: 'line', open: false, blocked });
    poll();
  };
  setTimeout(block, PATIENCE_MILLIS);
  const open = () => {
    socket = new WebSocket(`ws://${location.host}/live?page=${page}`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      pause = 500;
      opened = true;
      tries = 0;
      blocked = false;
      known();
      listener({ type: 'line', open: true });
    };
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.type === 'read' || message.type === 'walk') answer(socket, message);
      else listener(message);
    };
    socket.onclose = () => {
      if (++tries >= FEW_TRIES) block();
      listener({ type: 'line', open: false, blocked });
      if (opened && tries >= FEW_TRIES) isOver().then((over) => { if (over) listener({ type: 'line', open: false, ended: true }); });
      setTimeout(open, pause);
      pause = Math.min(5000, 2 * pause);
    };
  };
  open();
}

/** Whether the server has ended: one that was started anew has another key. The way to another machine may just be broken. */
async function isOver() {
  try {
    return (await fetch('/api/start', { headers: { 'X-Soundlift': languageNow() } })).status === 401;
  } catch {
    return /^(localhost|127\..*|\[::1\])$/.test(location.hostname);
  }
}

/** Stretches of a file, one after the other: the browser puts them together, with one look at the disk for all. */
async function slices(file, edges) {
  const parts = [];
  for (let i = 0; i < edges.length; i += 2) parts.push(file.slice(edges[i], edges[i + 1]));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function answer(socket, question) {
  if (awaited.has(question.file)) {
    awaited.get(question.file).push({ socket, question });
    return;
  }
  let bytes = new Uint8Array(0), state = READ_ERROR;
  try {
    const file = kept.get(question.file);
    if (file) {
      bytes = question.type === 'walk' ? packed(await walk(file, question))
        : await slices(file, question.edges);
      state = 0;
    }
  } catch { /* changed, moved or deleted since it was dropped: the state says so */ }
  const reply = new Uint8Array(8 + bytes.length);
  new DataView(reply.buffer).setUint32(0, question.number);
  new DataView(reply.buffer).setUint32(4, state);
  reply.set(bytes, 8);
  if (socket.readyState === WebSocket.OPEN) socket.send(reply);
}
