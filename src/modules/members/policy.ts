import { holdsRole, type Actor } from '../../platform/access/actor.ts'

/** The offices that run the desk: they read what the public sends, and deal with it. */
export const deskOffices = ['administrator', 'secretariat'] as const
/** The offices that look after mail. Fewer: a mail may hold a link that lets somebody in. */
export const outboxOffices = ['administrator'] as const

/** Reading what the public sends, and dealing with it. */
export const mayRunDesk = (actor: Actor): boolean => holdsRole(actor, deskOffices)

/** Seeing which mails have not gone out, reading them, having them tried again or taking them back. */
export const mayReadOutbox = (actor: Actor): boolean => holdsRole(actor, outboxOffices)

/** Anybody may say that a page does harm. */
export const mayReport = (_actor: Actor): boolean => true
