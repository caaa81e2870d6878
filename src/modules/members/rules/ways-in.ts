/** By what somebody signs in alone; the second factor is none, it comes after a password. */
export type WaysIn = { hasPassword: boolean; passkeys: number }

/** Whether somebody still gets into their account. */
export const hasWayIn = ({ hasPassword, passkeys }: WaysIn): boolean => hasPassword || passkeys > 0
