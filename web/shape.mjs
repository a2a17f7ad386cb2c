/** What the tests of the project's shape ask about these sources, as JSON: who imports what (types too), and how
 *  long each function is. Read by the compiler's own parser: node shape.mjs */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const src = join(dirname(fileURLToPath(import.meta.url)), 'src')
const names = readdirSync(src, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.gen.ts'))
  .sort()
const known = new Set([...names, 'api/schema.gen.ts'])

const found = (from, spec) => {
  const at = relative(src, join(src, dirname(from), spec)).replaceAll('\\', '/')
  return ['', '.ts', '.tsx', '/index.ts', '/index.tsx']
    .map((end) => at + end)
    .find((p) => known.has(p))
}

const nameOf = (node) => {
  const own = node.name?.getText()
  if (own) return own
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  return node.parent?.name?.getText() ?? '(unnamed)'
}

const files = {}
for (const name of names) {
  const text = readFileSync(join(src, name), 'utf8')
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const functions = []
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const first = source.getLineAndCharacterOfPosition(node.getStart()).line
      const last = source.getLineAndCharacterOfPosition(node.end).line
      functions.push({ name: nameOf(node), line: first + 1, lines: last - first + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  const imports = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((spec) => spec.startsWith('.'))
    .flatMap((spec) => found(name, spec) ?? [])
  files[name] = { imports: [...new Set(imports)].sort(), functions }
}
process.stdout.write(JSON.stringify(files))
