// The cloud, and only after a word: shows what would be sent; sent it is by the button there.
import { $, make } from './dom.js';
import { readForm } from './form.js';
import { convert } from './jobs.js';
import { call } from './link.js';
import { said, state } from './state.js';
import { say } from './words.js';

let asking = 0;

async function ask() {
  const entry = state.shown, panel = $('cloud-panel'), send = $('cloud-send'), number = ++asking;
  const isOld = () => number !== asking || !panel.open; // somebody has closed it, and asks of another file
  const refused = (error) => { if (!isOld()) $('cloud-error').textContent = said(error); };
  $('cloud-file').textContent = say('cloudFile', entry.name);
  $('cloud-error').textContent = '';
  $('cloud-words').replaceChildren();
  send.disabled = true;
  panel.showModal();
  try {
    const { words, consent } = await call('POST', `/api/inputs/${entry.id}/cloud`, readForm());
    if (isOld()) return;
    $('cloud-words').replaceChildren(...words.map((word) => make('li', word)));
    send.disabled = false;
    send.onclick = async () => {
      send.disabled = true;
      try {
        await convert(entry, {}, consent);
        if (!isOld()) panel.close();
      } catch (error) { refused(error); }
    };
  } catch (error) { refused(error); }
}

$('cloud').onclick = ask;
$('cloud-not').onclick = () => $('cloud-panel').close();
