import { labelsOf } from '../../../platform/i18n/texts.ts'
import type { DeskPage } from '../../../platform/desk.ts'
import { mailsThat } from '../../../platform/mail/outbox.ts'
import { mayLookAfterMembers, mayReadOutbox, mayRunDesk } from '../policy.ts'
import { openApplications } from '../store/applications.ts'
import { openClaims } from '../store/claims.ts'
import { orphans } from '../store/roles.ts'
import { openReports } from '../store/reports.ts'
import { membersTexts } from '../text/index.ts'

const label = labelsOf(membersTexts)

/** The members' pages of the desk, in the order of its navigation. */
export const membersDesk: readonly DeskPage[] = [
  {
    path: '/desk/applications',
    label: label('desk.applications'),
    may: mayLookAfterMembers,
    waits: [{ path: '/desk/applications', label: label('desk.applications.waiting'), rows: openApplications }],
  },
  {
    path: '/desk/claims',
    label: label('desk.claims'),
    may: mayLookAfterMembers,
    waits: [{ path: '/desk/claims', label: label('desk.claims.waiting'), rows: openClaims }],
  },
  {
    path: '/desk/members',
    label: label('desk.members'),
    may: mayLookAfterMembers,
    waits: [{ path: '/desk/members', label: label('desk.orphans'), rows: orphans }],
  },
  { path: '/desk/networks', label: label('crew.title'), may: mayLookAfterMembers },
  {
    path: '/desk/reports',
    label: label('desk.reports'),
    may: mayRunDesk,
    waits: [{ path: '/desk/reports?state=open', label: label('desk.reports.waiting'), rows: openReports }],
  },
  {
    path: '/desk/outbox',
    label: label('desk.outbox'),
    may: mayReadOutbox,
    waits: [
      { path: '/desk/outbox?state=refused', label: label('desk.outbox.refused'), rows: mailsThat('refused') },
      { path: '/desk/outbox?state=waiting', label: label('desk.outbox.waiting'), rows: mailsThat('waiting') },
    ],
  },
]
