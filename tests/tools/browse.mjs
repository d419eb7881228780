// Open web pages in a browser as people do, on a phone, a tablet and a desktop, by day and by night; print as JSON, by
// page and screen, what was measured:
//
//   node browse.mjs PAGE.html …
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const AXE = fs.readFileSync(path.join(HERE, 'node_modules/@daisy/axe-core-for-ace/axe.min.js'), 'utf8')
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']
const FLAGS = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
]
const SCREENS = { phone: [360, 740], tablet: [820, 1180], desktop: [1280, 1100] }

const executablePath = process.env.PUPPETEER_EXECUTABLE_PATH ?? process.env.PATH.split(path.delimiter)
    .flatMap(folder => BROWSERS.map(name => path.join(folder, name))).find(file => fs.existsSync(file))
const browser = await puppeteer.launch({ executablePath, args: FLAGS })
const met = {}
try {
    for (const file of process.argv.slice(2)) {
        met[file] = {}
        for (const [screen, [width, height]] of Object.entries(SCREENS)) {
            for (const scheme of ['light', 'dark']) {
                met[file][`${screen} ${scheme}`] = await open(file, width, height, scheme)
            }
        }
    }
} finally {
    await browser.close()
}
console.log(JSON.stringify(met))

async function open(file, width, height, scheme) {
    const page = await browser.newPage()
    const failed = []
    page.on('requestfailed', request => failed.push(request.url()))
    await page.setViewport({ width, height })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' })
    await page.evaluate(() => document.fonts.ready)
    const found = await page.evaluate(measure)
    await page.evaluate(AXE)
    const wrong = await page.evaluate(async () => {
        const rules = { 'color-contrast-enhanced': { enabled: true } }
        const { violations } = await axe.run(document, { rules, resultTypes: ['violations'] })
        return violations.flatMap(v => v.nodes.map(node => `${v.id}: ${node.html.slice(0, 120)}`))
    })
    await page.close()
    return { ...found, failed, wrong }
}

// In the page. Links within a text are no targets of their own: they are as high as its lines.
function measure() {
    const box = element => element.getBoundingClientRect()
    const top = selector => (found => found ? box(found).top : null)(document.querySelector(selector))
    const targets = [...document.querySelectorAll('.button, nav a, :is(h2, h3) a:not(.noteref), header a, footer a')]
    const width = document.documentElement.clientWidth
    return {
        wide: document.documentElement.scrollWidth - width,
        outside: [...document.querySelectorAll('h1, h2, h3, p, a, img')]
            .filter(e => !e.closest('.table, .skip, pre') && (box(e).right > width + 1 || box(e).left < -1))
            .map(e => e.outerHTML.slice(0, 120)),
        low: targets.filter(e => box(e).height < 44).map(e => `${box(e).height} ${e.outerHTML.slice(0, 120)}`),
        targets: targets.length,
        handout: top('.sheet'),
        scripts: document.scripts.length,
        pictures: [...document.images].filter(i => i.loading !== 'lazy').map(i => [i.naturalWidth, box(i).width]),
        night: getComputedStyle(document.documentElement).backgroundColor,
        start: document.querySelector('h1') && box(document.querySelector('h1')).left,
        face: getComputedStyle(document.querySelector('h1')).fontFamily.split(',')[0],
    }
}
