export { declineReasons, interestInput } from './interests.ts'
export { listingInput, listingStart } from './listings.ts'
export { audiences, directions, forms, ipStates, stages } from './terms.ts'
