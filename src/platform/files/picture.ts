import { imageSize } from 'image-size'

/**
 * How large a picture is drawn, in pixels, as the head of its file says; nothing of it is unfolded.
 *
 * @returns `undefined` when the bytes say nothing of the kind
 */
export function pictureSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height } = imageSize(bytes)
    return width > 0 && height > 0 ? { width, height } : undefined
  } catch {
    return undefined
  }
}
