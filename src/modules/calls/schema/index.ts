export { callInput, callStart, lineInput } from './calls.ts'
export { pledgeInput } from './pledges.ts'
export { kinds, origins, outcomes } from './terms.ts'
