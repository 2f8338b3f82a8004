'use strict';

const gallery = document.getElementById('gallery');
const message = document.getElementById('message');
const cards = new Map();
let timer;

function say(photo) {
  const note = photo.note ? `: ${photo.note}` : '';
  switch (photo.state) {
    case 'WAITING': return `Waiting (job ${photo.jobId})`;
    case 'RUNNING': return `Making thumbnails${note} (job ${photo.jobId}, attempt ${photo.attempt})`;
    case 'RETRYING': return `Attempt ${photo.attempt} failed${note}; trying again (job ${photo.jobId})`;
    case 'DEAD': return `No thumbnails${note} (job ${photo.jobId} is in the dead letters)`;
    case 'CANCELLED': return `Cancelled${note} (job ${photo.jobId})`;
    default: return 'Done';
  }
}

function isFinished(photo) {
  return ['DONE', 'DEAD', 'CANCELLED'].includes(photo.state);
}

function cardOf(photo) {
  if (!cards.has(photo.id)) {
    const card = document.getElementById('card').content.firstElementChild.cloneNode(true);
    card.querySelector('h2').textContent = photo.name;
    card.querySelector('img').alt = photo.name;
    cards.set(photo.id, card);
  }
  return cards.get(photo.id);
}

function show(photo) {
  const card = cardOf(photo);
  const seen = JSON.stringify(photo);
  if (card.dataset.seen === seen) {
    return card;
  }
  card.dataset.seen = seen;
  card.className = photo.state.toLowerCase();
  card.querySelector('.state').textContent = say(photo);
  showProgress(card.querySelector('progress'), photo);
  showThumbnails(card, photo.thumbnails);
  return card;
}

function showProgress(bar, photo) {
  bar.hidden = isFinished(photo);
  if (photo.progress === null) {
    bar.removeAttribute('value');
  } else {
    bar.value = photo.progress;
  }
}

function showThumbnails(card, thumbnails) {
  if (thumbnails.length > 0) {
    card.querySelector('img').src = thumbnails[Math.min(1, thumbnails.length - 1)];
    card.querySelector('.picture').href = thumbnails[thumbnails.length - 1];
  }
  card.querySelector('nav').replaceChildren(...thumbnails.map(link));
}

function link(address) {
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.target = '_blank';
  anchor.rel = 'noopener';
  anchor.textContent = address.match(/(\w+)\.jpg$/)[1];
  return anchor;
}

function showAll(photos) {
  document.getElementById('empty').hidden = photos.length > 0;
  const shown = photos.map(show);
  if (shown.some((card, index) => gallery.children[index] !== card) || gallery.children.length !== shown.length) {
    gallery.replaceChildren(...shown);
  }
}

async function refresh() {
  clearTimeout(timer);
  let pause = 2000;
  try {
    const response = await fetch('/photos');
    if (!response.ok) {
      throw new Error(`The service answers ${response.status}`);
    }
    const photos = await response.json();
    showAll(photos);
    message.textContent = '';
    if (!photos.every(isFinished)) {
      pause = 300;
    }
  } catch (error) {
    message.textContent = `The photo service does not answer; trying again. (${error.message})`;
  }
  timer = setTimeout(refresh, pause);
}

async function upload(file) {
  const body = new FormData();
  body.append('file', file);
  const response = await fetch('/photos', { method: 'POST', body });
  if (!response.ok) {
    const problem = await response.json();
    throw new Error(`${file.name}: ${problem.detail}`);
  }
}

document.getElementById('files').addEventListener('change', async (event) => {
  const results = await Promise.allSettled([...event.target.files].map(upload));
  event.target.value = '';
  await refresh();
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) {
    clearTimeout(timer);
    message.textContent = failure.reason.message;
    timer = setTimeout(refresh, 8000);
  }
});

refresh();
