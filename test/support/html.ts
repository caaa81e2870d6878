import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5'

export type Element = { name: string; attributes: Record<string, string>; text: string; parents: Element[] }

/** The elements of a page as a browser would build them, in their order, and what its parser complains of. */
export function readHtml(html: string): { elements: Element[]; faults: string[] } {
  const faults: string[] = []
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }) => void faults.push(`${code} at ${startLine}:${startCol}`),
  })
  const elements: Element[] = []
  const walk = (node: Tree.ParentNode, parents: Element[]) => {
    for (const child of node.childNodes) {
      if (!('tagName' in child)) continue
      const element: Element = {
        name: child.tagName,
        attributes: Object.fromEntries(child.attrs.map(({ name, value }) => [name, value])),
        text: textOf(child).trim(),
        parents,
      }
      elements.push(element)
      walk(child, [element, ...parents])
    }
  }
  walk(document, [])
  return { elements, faults }
}

function textOf(node: Tree.Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}
