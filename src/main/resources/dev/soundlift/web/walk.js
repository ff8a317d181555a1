// Walks along the elements of a Matroska file (RFC 8794, RFC 9559): a block of another track is leapt over, and what is
// going to be read is taken. The server walks the same way afterwards and trusts nothing but the bytes; what is missing
// it asks for.
const CLUSTER = 0x1F43B675, BLOCK_GROUP = 0xA0, BLOCK = 0xA1, SIMPLE_BLOCK = 0xA3;
/** An element's header, and what stands before a block's time stamp or at the beginning of a cluster. */
const HEAD_BYTES = 32;
/** What is larger the server asks for by itself: an answer has to fit into a message. */
const MOST_BLOCK_BYTES = 1 << 20, MOST_OTHER_BYTES = 4096;
/** Reading a file costs more by the call than by the byte: so many elements at once, unless they lie far apart. */
const ELEMENTS_AT_ONCE = 16, LEAST_WINDOW_BYTES = 16384, MOST_WINDOW_BYTES = 1 << 20;
const MOST_PIECES = 2000, MOST_MILLIS = 400;

/** Returns {pieces: [{at, bytes}], until}. */
export async function walk(file, { from, into, without, most }) {
  const left = new Set(without), pieces = [], began = performance.now();
  let window = new Uint8Array(0), start = 0, taken = 0, at = from, stride = 0;

  async function bytes(position, length) {
    const end = Math.min(position + length, file.size);
    if (position < start || end > start + window.length) {
      const wish = ELEMENTS_AT_ONCE * stride;
      const ahead = wish > 2 * MOST_WINDOW_BYTES ? LEAST_WINDOW_BYTES : Math.max(LEAST_WINDOW_BYTES, Math.min(MOST_WINDOW_BYTES, wish));
      window = new Uint8Array(await file.slice(position, Math.max(end, position + ahead)).arrayBuffer());
      start = position;
    }
    return window.subarray(position - start, end - start);
  }

  async function take(position, end) {
    const last = pieces.at(-1);
    const next = last && position <= last.at + last.length ? last.at + last.length : position;
    if (end <= next) return;
    const more = (await bytes(next, end - next)).slice();
    taken += more.length;
    if (last && next === last.at + last.length) {
      last.parts.push(more);
      last.length += more.length;
    } else {
      pieces.push({ at: next, length: more.length, parts: [more] });
    }
  }

  while (at < file.size && taken < most && pieces.length < MOST_PIECES && performance.now() - began < MOST_MILLIS) {
    const head = await bytes(at, HEAD_BYTES);
    const element = header(head);
    if (!element) break;
    const payload = at + element.length, end = payload + element.size;
    const block = element.id === BLOCK || element.id === SIMPLE_BLOCK;
    const track = block && number(head, element.length, true);
    if (block && !track) break;
    if (element.id === BLOCK_GROUP || (element.id === CLUSTER && into)) {
      await take(at, payload);
      at = payload;
    } else {
      const wanted = block ? !left.has(track.value) : true;
      const whole = into && wanted && element.size <= (block ? MOST_BLOCK_BYTES : MOST_OTHER_BYTES) && end <= file.size;
      await take(at, whole ? end : Math.min(at + HEAD_BYTES, file.size));
      stride = (7 * stride + end - at) / 8;
      at = end;
    }
  }
  return { pieces, until: Math.min(at, file.size) };
}

/** Of an element of known size; nothing where there is none. */
function header(bytes) {
  const id = number(bytes, 0, false);
  const size = id && id.length <= 4 && number(bytes, id.length, true);
  if (!size || size.value >= Math.pow(2, 7 * size.length) - 1 || size.value > Number.MAX_SAFE_INTEGER) return null;
  return { id: id.value, length: id.length + size.length, size: size.value };
}

/** As many bytes as the first one begins with zero bits, and one more. */
function number(bytes, at, withoutMarker) {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  if (length > 8 || at + length > bytes.length) return null;
  let value = withoutMarker ? bytes[at] & (1 << (8 - length)) - 1 : bytes[at];
  for (let i = 1; i < length; i++) value = value * 256 + bytes[at + i];
  return { value, length };
}

/** As the server reads it: where the walk ended, then position, length and bytes of each piece. */
export function packed({ pieces, until }) {
  const size = pieces.reduce((sum, piece) => sum + 12 + piece.length, 8);
  const bytes = new Uint8Array(size), view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(until));
  let at = 8;
  for (const piece of pieces) {
    view.setBigUint64(at, BigInt(piece.at));
    view.setUint32(at + 8, piece.length);
    at += 12;
    for (const part of piece.parts) { bytes.set(part, at); at += part.length; }
  }
  return bytes;
}
