// Ask Ace about many ebooks in one process and one browser, and print as JSON what it finds in each:
//
//   node ace.mjs BOOK.epub …
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import ace from '@daisy/ace-core'
import logger from '@daisy/ace-logger'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']
process.env.PUPPETEER_EXECUTABLE_PATH ??= process.env.PATH.split(path.delimiter)
    .flatMap(folder => BROWSERS.map(name => path.join(folder, name))).find(file => fs.existsSync(file))
process.env.ACE_TIMEOUT_INITIAL ??= '60000'
const { default: runner } = await import('@daisy/ace-axe-runner-puppeteer')  // reads both at once
logger.initLogger({ silent: true, fileName: 'ace-of-the-tests.log' })

// Ace opens a browser for each ebook, and closes it behind the ebook.
await runner.launch()
const one = { ...runner, launch: async () => {}, close: async () => {} }
const found = {}
try {
    for (const book of process.argv.slice(2)) {
        const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'ace-'))
        const [, report] = await ace(book, { cwd: process.cwd(), outdir }, one)
        fs.rmSync(outdir, { recursive: true })
        found[book] = report.assertions.flatMap(page => page.assertions.map(
            ({ 'earl:test': test, 'earl:result': result }) => `${page['earl:testSubject'].url}: ${test['dct:title']}: ${result.html}`,
        ))
    }
} finally {
    await runner.close()
}
console.log(JSON.stringify(found))
