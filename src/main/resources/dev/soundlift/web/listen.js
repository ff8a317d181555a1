// The sound of the shown file: its outline, and how it is played.
import { $ } from './dom.js';
import { on, said, state, tell, trackNow } from './state.js';
import { Wave } from './wave.js';
import { clock, say } from './words.js';

export const wave = new Wave($('wave'), heard);

let isBroken = false;

export function showWave() {
  isBroken = false;
  $('wave-state').textContent = say('waveLoading', 0);
  $('zoom').value = 0;
  $('play').disabled = $('zoom').disabled = false;
  wave.show(state.shown.id, trackNow(), state.shown.media.durationSeconds, state.shown.media.chapters);
  tell('wave');
}

function heard(news) {
  if (news.ranges && state.shown) tell('drawn', news);
  if (news.time !== undefined) $('clock').textContent = clock(Math.round(news.time * 10) / 10);
  if (news.playing !== undefined) $('play').textContent = say(news.playing ? 'pause' : 'play');
  if (news.sketched) tell('sketched');
  if (news.rough) $('wave-state').textContent = say('waveRough');
  if (news.progress !== undefined) $('wave-state').textContent = news.progress < 1 ? say('waveLoading', Math.round(news.progress * 100)) : say('drag');
  if (news.mute) $('wave-state').textContent = say('mute');
  if (news.error) {
    isBroken = !news.error.kind; // the answer has not come, or broke off
    $('wave-state').textContent = isBroken ? say('waveBroken') : said(news.error);
    $('play').disabled = $('zoom').disabled = news.error.kind === 'no-engine'; // then nothing plays either
  }
}

on('back', () => { if (isBroken && state.shown) showWave(); });

$('play').onclick = () => wave.playPause();
$('zoom').oninput = (event) => wave.zoom(Number(event.target.value));
