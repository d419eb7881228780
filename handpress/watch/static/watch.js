// The window: follow the states that the server sends, and show them.

import { pane } from './panes.js'

const MEDIA = ['handout', 'book', 'epub', 'web']
const NARROW = matchMedia('(max-width: 40rem)')
const at = id => document.getElementById(id)
const panes = new Map()
let state = null
let looked = '' // the media that the server was told: it makes those first

// --- Which media are shown ---

let chosen = remembered()

function remembered() {
  const kept = (localStorage.getItem('watch-media') ?? '').split(' ').filter(name => MEDIA.includes(name))
  return kept.length ? kept : ['handout', 'web']
}

function choose(medium) {
  const shown = shownMedia()
  if (NARROW.matches) chosen = [medium]
  else if (shown.includes(medium)) chosen = shown.filter(name => name !== medium)
  else chosen = [...shown, medium]
  if (!chosen.length) chosen = [medium]
  localStorage.setItem('watch-media', chosen.join(' '))
  show()
}

function shownMedia() {
  const there = MEDIA.filter(name => chosen.includes(name) && (!state?.views || name in state.views))
  const shown = there.length ? there : MEDIA.filter(name => name in (state?.views ?? {})).slice(0, 1)
  return NARROW.matches ? shown.slice(0, 1) : shown
}

document.querySelectorAll('#media button').forEach(button => {
  button.addEventListener('click', () => choose(button.dataset.medium))
})
NARROW.addEventListener('change', () => show())

// --- The state ---

const events = new EventSource('/events')
events.addEventListener('message', event => {
  state = JSON.parse(event.data)
  if (state.views) show()
})
events.addEventListener('error', () => {
  say('Handpress has ended, or cannot be reached.', false)
})

function show() {
  if (!state?.views) return
  const media = shownMedia()
  for (const button of document.querySelectorAll('#media button')) {
    button.hidden = !(button.dataset.medium in state.views)
    button.setAttribute('aria-pressed', media.includes(button.dataset.medium))
  }
  for (const name of MEDIA) {
    if (!media.includes(name) && panes.has(name)) {
      panes.get(name).section.remove()
      panes.delete(name)
    }
  }
  for (const name of media) {
    if (!panes.has(name)) panes.set(name, pane(name, ask))
    const section = panes.get(name).section
    if (!section.isConnected) {
      const after = media.slice(media.indexOf(name) + 1).map(n => panes.get(n)?.section).find(s => s?.isConnected)
      at('panes').insertBefore(section, after ?? null)
    }
    panes.get(name).update(state.views[name], state.focus, state.words)
  }
  if (media.join() !== looked) post('/look', { media })
  looked = media.join()
  articles()
  problems()
  const { building, looking } = state
  const count = building?.total ? ` ${Math.min(building.done + 1, building.total)} of ${building.total}` : ''
  say(building ? `Making${count} ${building.what}` : looking ? `Up to date: ${looking}` : '', Boolean(building))
  const wrong = state.problems.find(problem => problem.severity === 'error')
  const last = 'Pages that it stops are the last good ones.'
  const error = wrong && `${where(wrong.place)}: ${wrong.what}. ${last}`
  const text = state.notice || error || ''
  at('notice').hidden = !text
  at('notice').classList.toggle('error', Boolean(error))
  if (at('notice').textContent !== text) at('notice').textContent = text
}

function say(text, working) {
  if (at('state').textContent !== text) at('state').textContent = text
  at('state').classList.toggle('working', working)
}

function articles() {
  const select = at('article')
  const written = JSON.stringify([state.articles, state.looking])
  if (select.dataset.written === written) return
  select.dataset.written = written
  const several = new Set(state.articles.map(article => article.series)).size > 1
  select.replaceChildren(
    ...state.articles.map(article => {
      const title = several ? `${article.series}: ${article.title}` : article.title
      return new Option(title, article.path, false, article.path === state.looking)
    }),
  )
}

at('article').addEventListener('change', event => post('/look', { article: event.target.value }))

// --- Problems ---

function problems() {
  const list = at('list')
  const written = JSON.stringify(state.problems)
  const total = state.problems.length
  at('summary').textContent = state.summary || 'No problems'
  at('toggle').textContent = total ? `Problems (${total})` : 'Problems'
  if (list.dataset.written === written) return
  list.dataset.written = written
  list.replaceChildren(...state.problems.map(problem))
}

function problem(found) {
  const item = at('problem').content.firstElementChild.cloneNode(true)
  const part = name => item.querySelector(name)
  item.classList.add(found.severity)
  part('.level').textContent = found.severity === 'error' ? 'Error' : 'Warning'
  part('.what').append(...marked(found.what))
  link(part('.at'), found.place)
  if (found.line) {
    const [before, marked, after] = found.line
    const mark = document.createElement('mark')
    mark.textContent = marked
    part('pre code').append(before, mark, after)
  } else part('pre').remove()
  part('.why').append(...marked(sentence(found.why)))
  part('.help').append(...marked(sentence(found.help)))
  part('.code').textContent = found.code
  if (found.also.length) {
    part('.also').append('Also at ', ...found.also.map(place => link(document.createElement('a'), place)))
    if (found.more) part('.also').append(`and ${found.more} more`)
  } else part('.also').remove()
  return item
}

// Text in which names are between backticks, as nodes.
function marked(text) {
  return text.split('`').map((part, number) => {
    if (number % 2 === 0) return part
    const code = document.createElement('code')
    code.textContent = part
    return code
  })
}

const where = place => `${place.path}:${place.line}`
const sentence = text => `${text[0].toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`

function link(element, place) {
  element.textContent = where(place)
  element.href = '#panes'
  element.addEventListener('click', event => {
    event.preventDefault()
    post('/look', { article: place.path, line: place.line })
  })
  return element
}

at('toggle').addEventListener('click', () => {
  const open = at('problems').hidden
  at('problems').hidden = !open
  at('toggle').setAttribute('aria-expanded', open)
})
if (NARROW.matches) at('toggle').click()

// --- From a page to its source ---

async function ask(question) {
  const answer = await post('/place', question)
  const found = await answer.json()
  at('place').hidden = false
  at('copy').hidden = !found.found
  at('where').textContent = found.found ? where(found) : 'No line of the source has these words.'
  at('text').textContent = found.text ?? ''
}

at('close').addEventListener('click', () => (at('place').hidden = true))
at('copy').addEventListener('click', () => navigator.clipboard.writeText(at('where').textContent))
document.addEventListener('keydown', event => event.key === 'Escape' && (at('place').hidden = true))

function post(address, body) {
  return fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}
