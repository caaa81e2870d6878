/** The space of the desk, made by the first migration: everybody may put something in; only parts of the system may look. */
export const deskSpace = '00000000-0000-7000-8000-000000000002'
