// Read ebooks as a person would, in the engine of Foliate in a browser the size of a phone, and say as JSON what was met:
//
//   node read.mjs [--shots DIR] BOOK.epub …
//
// With --shots, a picture of every screen is written to DIR/<book>/.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip' }
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']
const FLAGS = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

const arguments_ = process.argv.slice(2)
const shots = take('--shots')
const books = arguments_

function take(name) {
    const at = arguments_.indexOf(name)
    return at < 0 ? undefined : arguments_.splice(at, 2).at(-1)
}

// What the page may load: the engine, this folder's page, and the books by their number.
const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    const book = wanted.match(/^\/book-(\d+)\.epub$/)
    const file = book ? books[book[1]] : path.join(HERE, path.normalize(wanted))
    if (wanted === '/favicon.ico') return response.writeHead(204).end()
    if (!fs.existsSync(file)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
    response.end(fs.readFileSync(file))
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))

const executablePath = process.env.PUPPETEER_EXECUTABLE_PATH ?? process.env.PATH.split(path.delimiter)
    .flatMap(folder => BROWSERS.map(name => path.join(folder, name))).find(file => fs.existsSync(file))
const browser = await puppeteer.launch({ executablePath, args: FLAGS })
const met = {}
try {
    for (const [number, book] of books.entries()) met[book] = await read(number, book)
} finally {
    await browser.close()
    server.close()
}
console.log(JSON.stringify(met))

async function read(number, book) {
    const page = await browser.newPage()
    const wrong = []
    page.on('console', m => ['error', 'assert'].includes(m.type()) && wrong.push(m.text()))
    page.on('pageerror', error => wrong.push(error.message))
    page.on('requestfailed', request => wrong.push(`not loaded: ${request.url()}`))
    await page.setViewport({ width: 360, height: 640, deviceScaleFactor: 2 })
    const shine = scheme => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.exposeFunction('shine', shine)
    await shine('light')
    await page.goto(`http://127.0.0.1:${server.address().port}/read.html`)
    const found = await page.evaluate(n => window.read(`/book-${n}.epub`), number)
    if (shots) await photograph(page, path.join(shots, path.basename(book, '.epub')), found.sections.length)
    await page.close()
    return { ...found, wrong }
}

async function photograph(page, folder, sections) {
    fs.mkdirSync(folder, { recursive: true })
    for (let section = 0; section < sections; section++) {
        await page.evaluate(n => window.view.goTo(n), section)
        const screens = await page.evaluate(() => window.view.renderer.pages - 2)
        for (let screen = 0; screen < screens; screen++) {
            await new Promise(resolve => setTimeout(resolve, 150))  // until it is drawn
            const name = [section, screen].map(n => String(n).padStart(2, '0')).join('-')
            await page.screenshot({ path: path.join(folder, `${name}.png`) })
            if (screen + 1 < screens) await page.evaluate(() => window.view.next())
        }
    }
}
