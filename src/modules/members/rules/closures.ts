type End = { outcome: string | null; note?: string | null | undefined; version: number }

/** Whether what somebody wants is what has just been done, by their own first click: one version on, with the same words. */
export const isSameEnd = (now: End, wanted: End): boolean =>
  now.version === wanted.version + 1 && now.outcome === wanted.outcome && (now.note ?? '') === (wanted.note ?? '')
