// Words of a document in a frame: the place of a run of them, and the block at a point.

const WORD = /[\p{L}\p{N}_]+/gu
const BLOCKS = 'p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, figcaption, blockquote, pre, caption'
const MOST = 10

// The longest run of the wanted words, as a range; null without two in a row.
export function find(document, wanted) {
  const words = wordsOf(document)
  const least = Math.min(2, wanted.length)
  let best = null
  let ends = new Map()
  for (const [at, word] of words.entries()) {
    const now = new Map()
    for (const [index, other] of wanted.entries()) {
      if (other !== word.text) continue
      const length = (ends.get(index - 1) ?? 0) + 1
      now.set(index, length)
      if (length >= least && (!best || length > best.length)) best = { start: at - length + 1, length }
    }
    ends = now
  }
  if (!best) return null
  const [first, last] = [words[best.start], words[best.start + best.length - 1]]
  const range = document.createRange()
  range.setStart(first.node, first.from)
  range.setEnd(last.node, last.to)
  return range
}

// The first words of the block at a point, and how many blocks begin with them up to it; null without one.
export function blockAt(document, x, y) {
  const element = document.elementFromPoint(x, y)
  const block = element?.closest(BLOCKS)
  if (!block) return null
  const words = firstWords(block)
  if (!words.length) return null
  const same = [...document.querySelectorAll(BLOCKS)].filter(b => firstWords(b).join(' ') === words.join(' '))
  return { words, count: Math.max(1, same.indexOf(block) + 1) }
}

function firstWords(block) {
  return [...block.textContent.matchAll(WORD)].slice(0, MOST).map(match => match[0].toLowerCase())
}

function wordsOf(document) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const words = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('style, script')) continue
    for (const match of node.data.matchAll(WORD)) {
      words.push({ text: match[0].toLowerCase(), node, from: match.index, to: match.index + match[0].length })
    }
  }
  return words
}
