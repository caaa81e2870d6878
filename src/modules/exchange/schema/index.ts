export { declineReasons, interestInput } from './interests.ts'
export { confidentialInput, listingInput, listingStart } from './listings.ts'
export { audiences, directions, forms, ipStates, listingStates, stages } from './terms.ts'
