import type { DeskPage } from '../../../platform/desk.ts'
import { mailsThat } from '../../../platform/mail/outbox.ts'
import { deskOffices, outboxOffices } from '../policy.ts'
import { openApplications } from '../store/applications.ts'
import { openClaims } from '../store/claims.ts'
import { orphans } from '../store/roles.ts'
import { openReports } from '../store/reports.ts'
import { membersTexts } from '../text/index.ts'

const label = (key: Parameters<typeof membersTexts.en>[0]) => ({
  en: membersTexts.en(key),
  es: membersTexts.es(key),
  zh: membersTexts.zh(key),
  vi: membersTexts.vi(key),
})

/** The members' pages of the desk, in the order of its navigation. */
export const membersDesk: readonly DeskPage[] = [
  {
    path: '/desk/applications',
    label: label('desk.applications'),
    roles: deskOffices,
    waits: [{ path: '/desk/applications', label: label('desk.applications.waiting'), rows: openApplications }],
  },
  {
    path: '/desk/claims',
    label: label('desk.claims'),
    roles: deskOffices,
    waits: [{ path: '/desk/claims', label: label('desk.claims.waiting'), rows: openClaims }],
  },
  {
    path: '/desk/members',
    label: label('desk.members'),
    roles: deskOffices,
    waits: [{ path: '/desk/members', label: label('desk.orphans'), rows: orphans }],
  },
  { path: '/desk/networks', label: label('crew.title'), roles: deskOffices },
  {
    path: '/desk/reports',
    label: label('desk.reports'),
    roles: deskOffices,
    waits: [{ path: '/desk/reports?state=open', label: label('desk.reports.waiting'), rows: openReports }],
  },
  {
    path: '/desk/outbox',
    label: label('desk.outbox'),
    roles: outboxOffices,
    waits: [
      { path: '/desk/outbox?state=refused', label: label('desk.outbox.refused'), rows: mailsThat('refused') },
      { path: '/desk/outbox?state=waiting', label: label('desk.outbox.waiting'), rows: mailsThat('waiting') },
    ],
  },
]
