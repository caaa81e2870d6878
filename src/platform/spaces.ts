/** The space of the desk, made by the first migration: everybody may put something in; only parts of the system may look. */
export const deskSpace = '00000000-0000-7000-8000-000000000002'

/** The space of mail on its way: everybody may put some in; who runs the instance looks. */
export const outboxSpace = '00000000-0000-7000-8000-000000000005'

/** What the curators of the instance keep for everybody to read. */
export const curatedSpace = '00000000-0000-7000-8000-000000000140'

/** The desk of the curators: what is proposed to them. */
export const curationSpace = '00000000-0000-7000-8000-000000000141'

/** The spaces of the instance as a whole. Which network's offices run it follows from grants in them: on an instance with several networks those of one alone. */
export const instanceSpaces: readonly string[] = [deskSpace, outboxSpace, curationSpace]
