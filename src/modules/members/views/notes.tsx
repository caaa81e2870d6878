/** What has just been done. */
export function Done({ children }: { children: string }) {
  return (
    <div class="note good" role="status">
      <b>{children}</b>
    </div>
  )
}

/** What did not work, where no field is to blame. */
export function Wrong({ children }: { children: string }) {
  return (
    <div class="note bad" role="alert">
      <b>{children}</b>
    </div>
  )
}
