/** Programs that say what they are; one that says nothing is none of a person's browsers either. */
const programs =
  /bot|crawl|spider|slurp|preview|fetch|monitor|scan|http-?client|curl|wget|python|java\/|go-http|okhttp|axios|node|headless|lighthouse|facebookexternalhit|^$/i

/** Whether who asks is a program rather than a reader, by what it says of itself (`User-Agent`). */
export const isProgram = (agent: string | undefined): boolean => programs.test(agent ?? '')
