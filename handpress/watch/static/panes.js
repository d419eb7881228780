// Panes: one for each medium. A pane keeps what it shows until what is newer is ready.

import { blockAt, find } from './words.js'

const NAMES = { handout: 'Handout', book: 'Book', epub: 'EPUB', web: 'Web' }
const SETTLING = 2000 // milliseconds in which a page in a frame finds its size
const SCREEN = () => window.devicePixelRatio || 1

export function pane(medium, tell) {
  const section = document.getElementById('pane').content.firstElementChild.cloneNode(true)
  const [title, detail, source, body] = ['h2', '.detail', '.source', '.body'].map(s => section.querySelector(s))
  section.dataset.medium = medium
  title.textContent = NAMES[medium]
  body.setAttribute('aria-label', `${NAMES[medium]}: its pages`)
  source.setAttribute('aria-label', `Source line of the ${NAMES[medium]}`)
  const kind = medium === 'handout' || medium === 'book' ? sheets : frame
  const shown = kind(medium, body, detail, tell)
  // The keys: what is in the middle of the pane is meant.
  source.addEventListener('click', () => shown.middle())
  body.addEventListener('keydown', event => event.key === 'Enter' && event.target === body && shown.middle())
  return { section, body, update: shown.update }
}

// Scroll to a place of the content, unless it can be seen already.
function scrollTo(body, top, height) {
  const room = body.clientHeight
  if (top < body.scrollTop + 20 || top + height > body.scrollTop + room - 20) {
    body.scrollTop = Math.max(0, top - room / 3)
  }
}

// Whether the reader has scrolled since the last place was shown: then the pane stays where it is.
function turning(body) {
  const reader = { turned: false }
  for (const kind of ['wheel', 'touchmove', 'keydown']) {
    body.addEventListener(kind, () => (reader.turned = true), { passive: true })
  }
  return reader
}

function waiting(body) {
  const text = document.createElement('p')
  text.className = 'waiting'
  text.textContent = 'Not made yet. It appears here as soon as it is.'
  body.replaceChildren(text)
}

// --- Pages of a PDF ---

function sheets(medium, body, detail, tell) {
  let view = null
  let focused = 0
  let coming = null // the picture of the next version, which the server sends as soon as it is drawn
  const near = new IntersectionObserver(found => found.filter(f => f.isIntersecting).forEach(f => draw(f.target)), {
    root: body,
    rootMargin: '300px',
  })
  const reader = turning(body)
  const sized = new ResizeObserver(() => {
    reveal()
    look()
  })
  sized.observe(body)

  // Ask for the pictures that can be seen, or nearly.
  function look() {
    for (const sheet of body.querySelectorAll('.sheet')) {
      near.unobserve(sheet)
      near.observe(sheet)
    }
  }

  function reveal() {
    const mark = body.querySelector('.spot')
    if (!mark || reader.turned) return
    const top = mark.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop
    scrollTo(body, top, mark.offsetHeight)
  }

  async function draw(sheet) {
    const size = `${sheet.dataset.number}?width=${pixels(sheet)}`
    const wanted = `${view.version}/${size}`
    if (!sheet.clientWidth) return
    if (sheet.dataset.wanted === wanted) return expect(sheet)
    sheet.dataset.wanted = wanted
    const early = coming?.name === `${view.follows}/${size}` ? coming : null
    if (early) coming = null
    const { image, loaded } = early ?? picture(`/page/${wanted}`)
    image.alt = `${NAMES[medium]}, page ${sheet.dataset.label}`
    const there = await loaded
    if (!there && sheet.dataset.wanted === wanted) delete sheet.dataset.wanted
    if (!there && early) return draw(sheet)
    if (!there || sheet.dataset.wanted !== wanted) return // a newer one is on its way
    sheet.querySelector('img')?.remove()
    sheet.prepend(image)
    await new Promise(requestAnimationFrame)
    sheet.dataset.shown = wanted.split('/')[0]
    sheet.dataset.at = performance.timeOrigin + performance.now()
    if (medium !== 'handout') return
    drawn(sheet)
    expect(sheet)
    if (early) refine(sheet, wanted)
  }

  // The early picture is not exact.
  async function refine(sheet, wanted) {
    const { image, loaded } = picture(`/page/${wanted}`)
    if (!(await loaded) || sheet.dataset.wanted !== wanted) return
    image.alt = sheet.querySelector('img').alt
    sheet.querySelector('img').replaceWith(image)
  }

  // Ask for the page that changed in the next version. Before the window is loaded, that would keep the browser's sign
  // of loading there.
  function expect(sheet) {
    const name = sheet.dataset.wanted
    if (medium !== 'handout' || sheet.dataset.shown !== view.version || !sheet.querySelector('.spot')) return
    if (coming?.name === name || document.readyState !== 'complete') return
    if (coming) coming.image.src = ''
    coming = { name, ...picture(`/page/after/${name}`) }
  }

  const pixels = sheet => Math.ceil((sheet.clientWidth * SCREEN()) / 80) * 80

  function place(pages) {
    const spread = medium === 'book'
    const places = spread ? pairs(pages) : pages.map(page => [page])
    body.replaceChildren(
      ...places.map(group => {
        const drawn = group.map(page => sheet(page))
        if (!spread) return drawn[0]
        const both = document.createElement('div')
        both.className = 'spread'
        both.append(...drawn)
        return both
      }),
    )
  }

  function sheet(page) {
    const figure = document.createElement('div')
    figure.className = medium === 'book' && page.number % 2 === 0 ? 'sheet right' : 'sheet'
    figure.dataset.number = page.number
    figure.dataset.label = page.label || page.number + 1
    figure.style.aspectRatio = `${page.width} / ${page.height}`
    figure.addEventListener('click', event => {
      const box = figure.getBoundingClientRect()
      ask(page.number, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
    })
    return figure
  }

  const ask = (page, x, y) => tell({ article: view.article, version: view.version, page, x, y })

  function spot() {
    body.querySelector('.spot')?.remove()
    const found = view.spot && body.querySelector(`.sheet[data-number="${view.spot.page}"]`)
    if (!found) return null
    const mark = document.createElement('div')
    mark.className = 'spot'
    const [left, top, width, height] = view.spot.box
    const air = 0.004
    Object.assign(mark.style, {
      left: `${(left - air) * 100}%`,
      top: `${(top - air) * 100}%`,
      width: `${(width + 2 * air) * 100}%`,
      height: `${(height + 2 * air) * 100}%`,
    })
    found.append(mark)
    return mark
  }

  return {
    update(next, focus) {
      const same = view && JSON.stringify(view.pages) === JSON.stringify(next.pages)
      const moved = !view || view.article !== next.article
      view = next
      if (!view.version) return waiting(body)
      if (!same || !body.querySelector('.sheet')) keepPictures(body, () => place(view.pages))
      const count = view.pages.length
      detail.textContent =
        medium === 'book'
          ? `pages ${view.pages[0].label} to ${view.pages.at(-1).label}`
          : `${count} ${count === 1 ? 'page' : 'pages'}`
      const mark = spot()
      if (focus !== focused) reader.turned = false
      if (mark && focus !== focused) reveal()
      else if (moved) body.scrollTop = 0
      focused = focus
      // The others wait, since the browser would read their pictures before it draws this one.
      if (mark) draw(mark.parentElement).then(look)
      else look()
    },
    middle() {
      const box = body.getBoundingClientRect()
      const found = body.querySelector('.spot')?.getBoundingClientRect()
      const seen = found && found.top > box.top && found.bottom < box.bottom
      const [x, y] = seen
        ? [found.left + found.width / 2, found.top + found.height / 2]
        : [box.left + box.width * 0.3, box.top + box.height / 2]
      const under = [...body.querySelectorAll('.sheet')].find(figure => {
        const place = figure.getBoundingClientRect()
        return place.top <= y && place.bottom >= y && place.left <= x && place.right >= x
      })
      if (!under) return
      const place = under.getBoundingClientRect()
      ask(Number(under.dataset.number), (x - place.left) / place.width, (y - place.top) / place.height)
    },
  }
}

function picture(address) {
  const image = new Image()
  image.decoding = 'sync'
  image.fetchPriority = 'high'
  const loaded = new Promise(done => {
    image.onload = () => done(true)
    image.onerror = () => done(false)
  })
  image.src = address
  return { image, loaded }
}

// Once it is on the screen, the server may build the rest.
function drawn(sheet) {
  setTimeout(() => sheet.isConnected && fetch('/drawn', { method: 'POST' }))
}

// Lay out again, with the old pictures until the new ones are there.
function keepPictures(body, layOut) {
  const old = [...body.querySelectorAll('.sheet')].map(sheet => sheet.querySelector('img'))
  const top = body.scrollTop
  layOut()
  body.querySelectorAll('.sheet').forEach((sheet, number) => old[number] && sheet.prepend(old[number]))
  body.scrollTop = top
}

function pairs(pages) {
  const found = []
  for (const page of pages) {
    if (page.number % 2 === 0 && found.length && found.at(-1)[0].number % 2) found.at(-1).push(page)
    else found.push([page])
  }
  return found
}

// --- A page of the web or of an ebook ---

function frame(medium, body, detail, tell) {
  let view = null
  let focused = 0
  let words = []
  let current = null
  let loaded = 0
  const reader = turning(body)
  body.classList.add('frame')

  function load() {
    const next = document.createElement('iframe')
    next.title = `${NAMES[medium]}: ${view.article}`
    next.tabIndex = -1
    next.setAttribute('sandbox', 'allow-same-origin')
    next.className = 'next'
    next.dataset.version = view.version
    next.addEventListener('load', async () => {
      await next.contentDocument?.fonts.ready
      if (next.dataset.version !== view.version || !next.isConnected) return next.remove()
      const top = body.scrollTop
      next.className = ''
      // It stays where it is: a frame that moves in the document loads again.
      for (const other of [...body.children]) if (other !== next) other.remove()
      body.append(glass())
      current = next
      loaded = Date.now()
      fit()
      sized.disconnect()
      sized.observe(next.contentDocument.documentElement)
      body.scrollTop = top
      mark(true)
      body.dataset.shown = view.version
    })
    next.src = view.address
    for (const old of [...body.children]) if (old.matches('.next, .waiting')) old.remove()
    body.append(next)
  }

  // A pane of glass takes the clicks; the document beneath needs no script.
  function glass() {
    const pane = document.createElement('div')
    pane.className = 'glass'
    pane.addEventListener('click', event => {
      const box = current.getBoundingClientRect()
      ask(event.clientX - box.left, event.clientY - box.top)
    })
    return pane
  }

  function ask(x, y) {
    const block = blockAt(current.contentDocument, x, y)
    if (block) tell({ article: view.article, ...block })
  }

  function fit() {
    if (!current) return
    const height = Math.ceil(current.contentDocument.documentElement.getBoundingClientRect().height)
    current.style.height = `${Math.max(height, body.clientHeight)}px`
    const pane = body.querySelector('.glass')
    if (pane) pane.style.height = current.style.height
    mark(Date.now() - loaded < SETTLING)
  }

  const sized = new ResizeObserver(fit)

  // Pictures and faces arrive late and move the place, so for a moment it is followed.
  function mark(follow) {
    body.querySelectorAll('.spot').forEach(spot => spot.remove())
    const range = words.length && current?.contentDocument?.body && find(current.contentDocument, words)
    if (!range) return
    const box = range.getBoundingClientRect()
    const spot = document.createElement('div')
    spot.className = 'spot'
    Object.assign(spot.style, {
      left: `${box.left + current.offsetLeft - 3}px`,
      top: `${box.top - 2}px`,
      width: `${box.width + 6}px`,
      height: `${box.height + 4}px`,
    })
    body.append(spot)
    if (follow && !reader.turned) scrollTo(body, box.top, box.height)
  }

  return {
    update(next, focus, wanted) {
      const old = view
      const moved = focus !== focused
      view = next
      words = wanted
      focused = focus
      if (moved) reader.turned = false
      if (!view.version) return waiting(body)
      if (old?.article !== view.article) body.scrollTop = 0
      if (old?.address !== view.address) load()
      else if (moved) mark(true)
    },
    middle() {
      const box = body.getBoundingClientRect()
      const top = current?.getBoundingClientRect().top ?? 0
      if (current) ask(box.width / 2, box.top + box.height / 2 - top)
    },
  }
}
