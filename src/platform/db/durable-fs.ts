import { closeSync, fsyncSync, openSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type FileStream = { nfd?: number; node: unknown }
type NodeFileSystem = { stream_ops: { fsync?: (stream: FileStream) => number }; realPath(node: unknown): string }

/**
 * PGlite's file system with an fsync that reaches the disk. The one it ships does nothing on fsync, so a power cut could lose committed rows.
 * Counts its calls, so that `openEngine` can prove at start that commits are durable.
 */
export class DurableNodeFS extends NodeFS {
  synced = 0

  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]) {
    const result = await super.init(pg, options)
    result.emscriptenOpts.preRun?.push((module: unknown) => {
      const files = (module as { NODEFS: NodeFileSystem }).NODEFS
      files.stream_ops.fsync = (stream) => this.sync(files, stream)
    })
    return result
  }

  private sync(files: NodeFileSystem, stream: FileStream): number {
    this.synced++
    if (stream.nfd !== undefined) {
      fsyncSync(stream.nfd)
      return 0
    }
    const directory = openSync(files.realPath(stream.node), 'r')
    try {
      fsyncSync(directory)
    } finally {
      closeSync(directory)
    }
    return 0
  }
}
