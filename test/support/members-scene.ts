import { newId } from '../../src/platform/id.ts'
import { operator } from '../../src/platform/access/actor.ts'
import { readOrganization } from '../../src/modules/members/store/organizations.ts'
import { giveRole } from '../../src/modules/members/store/roles.ts'
import { hiddenIn, linkTo, makeSomebody, type Somebody } from './persons.ts'
import { makeMember, makeMemberPerson } from './members.ts'
import { sql, type World } from './world.ts'

/** Somebody at the desk, an admin of a member, and something on every page of the members, long names among it. */
export type Scene = Record<'member' | 'role' | 'bare' | 'crowded' | 'application' | 'talked' | 'long' | 'claim' | 'joining', string> &
  Record<'desk' | 'admin', Somebody>

const longVietnamese =
  'Trung tâm Nghiên cứu, Phát triển và Chuyển giao Công nghệ Sinh học Y dược Ứng dụng Ví dụ Thuộc Liên hiệp các Hội Khoa học và Kỹ thuật Miền Trung – Tây Nguyên, Phân viện Thử nghiệm Lâm sàng và Sản xuất Thử'
const longChinese = '示例生物技术与医药产业国际合作促进中心暨疫苗与单克隆抗体联合研究开发试验生产示范基地管理委员会办公室'.repeat(3)

/** Who is invited, at an address that nothing breaks. */
const invited = `${'a'.repeat(40)}@subdomain.hospital.example.org`

/** Builds the scene, by the forms that people would use. */
export async function makeMembersScene(world: World): Promise<Scene> {
  const desk = await makeSomebody(world, 'Nguyễn Thị Ánh Nguyệt Ví Dụ', ['administrator', 'secretariat'])
  const [member, bare, crowded] = [
    await makeMember(world, 'Example Hospital Hanoi'),
    await makeMember(world, longVietnamese),
    await makeMember(world, longChinese),
  ]
  const admin = await makeMemberPerson(world, member, 'Lê Thị Bảo Ví Dụ', 'admin')
  const editor = await makeMemberPerson(world, member, '陈示例', 'editor')
  await makeMemberPerson(world, member, 'María de los Ángeles Rodríguez-Ejemplo y Fernández de Córdova', 'viewer')
  const [network] = await world.rows(sql<{ id: string }>`select id from members.network`)
  const [role] = await world.rows(sql<{ id: string }>`select id from members.role where person_id = ${admin.id}::uuid`)
  const made = { admin, editor, member, role: role?.id ?? '', network: network?.id ?? '' }
  await describeMember(made)
  await fillPeople(world, crowded)
  return {
    desk,
    admin,
    member,
    bare,
    crowded,
    role: made.role,
    ...(await fillDesk(world, desk, made)),
    joining: (await linkTo(() => world, invited)).replace('/en/', '/'),
  }
}

type Made = { admin: Somebody; editor: Somebody; member: string; role: string; network: string }

async function send(by: Somebody, page: string, action: string, fields: Record<string, string>): Promise<void> {
  const form = hiddenIn(await (await by.get(page)).text(), action)
  const answer = await by.post(action, { ...form, ...fields })
  if (answer.status !== 303) throw new Error(`${action} answers ${answer.status}`)
}

async function describeMember({ admin, editor, member, role }: Made): Promise<void> {
  const of = `/en/members/${member}`
  const facts = { kind: 'hospital', country: 'VN', original: 'en', website: 'https://hospital.example.org', ror: '03yrm5c26', gln: '4012345000009' }
  await send(admin, `${of}/edit`, `${of}/edit`, facts)
  const texts = `${of}/edit/texts`
  await send(admin, `${texts}?in=vi`, texts, {
    name: 'Bệnh viện Ví dụ Hà Nội',
    profile: 'Bệnh viện tuyến trung ương, thành lập năm 1956.\n\nKhoa ung bướu:\n– thử nghiệm lâm sàng\n– vắc-xin điều trị ung thư phổi',
    research: 'Thử nghiệm lâm sàng giai đoạn II và III.',
    training: 'Đào tạo nghiên cứu viên về thực hành lâm sàng tốt.\n\nMỗi năm hai khóa.',
  })
  await send(admin, `${texts}?in=zh`, texts, { name: '河内示例医院', profile: '中央级医院，成立于一九五六年。' })
  await admin.post(`${of}/roles/${role}/deputies`, { person: editor.id, from: '2099-12-01', until: '2099-12-20' })
  await admin.post(`${of}/invitations`, { email: invited, role: 'signatory' })
}

/** Fifty people with an account act for a member. */
async function fillPeople(world: World, key: string): Promise<void> {
  const people = await Promise.all(Array.from({ length: 50 }, (_, n) => makeSomebody(world, `Người Ví Dụ ${n + 1}`, [])))
  await world.database.write(operator, async (db) => {
    const organization = await readOrganization(db, { key })
    if (organization) for (const { id } of people) await giveRole(db, organization, { personId: id, role: 'viewer' })
  })
}

async function fillDesk(world: World, desk: Somebody, { admin, member, network }: Made) {
  const [application, talked, long, claim] = [newId(), newId(), newId(), newId()]
  const apply = (by: Somebody | undefined, id: string, fields: Record<string, string>) => {
    const typed = { id, network, original: 'vi', kind: 'institute', country: 'VN', website: 'https://institute.example.org', ...fields }
    return by ? by.post('/vi/apply', typed) : world.post('/vi/apply', { ...typed, contact: '李示例', email: `${id}@example.org` })
  }
  await apply(admin, application, {
    name: 'Viện Vắc-xin Ví dụ',
    english: 'Example Institute of Vaccines',
    why: 'Chúng tôi nghiên cứu vắc-xin.\n\nChúng tôi tìm đối tác chuyển giao công nghệ:\n– kháng thể đơn dòng\n– vắc-xin liên hợp',
    entry: 'cigb',
  })
  await apply(admin, talked, { name: 'Viện Trao đổi Ví dụ', why: 'Đào tạo.' })
  await apply(undefined, long, { name: longChinese, original: 'zh', why: '研究与生产。'.repeat(120) })
  await exchange(desk, admin, application, 2)
  await exchange(desk, admin, talked, 15)
  await admin.post('/vi/organizations/cigb/claim', { id: claim, member, evidence: 'Xem danh sách nhân sự công khai.\n\nhttps://hospital.example.org/nhan-su' })
  return { application, talked, long, claim }
}

/** The secretariat asks and the other side answers, so many times. */
async function exchange(desk: Somebody, admin: Somebody, id: string, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    await send(desk, `/en/applications/${id}`, `/en/applications/${id}/messages`, { text: `Which wards would take part?\n\nPlease name them. (${n + 1})` })
    await send(admin, `/vi/applications/${id}`, `/vi/applications/${id}/messages`, {
      text: `Khoa ung bướu và khoa hô hấp, mỗi khoa mười giường; chúng tôi gửi kèm lịch làm việc của cả hai khoa. (${n + 1})`,
    })
  }
}
