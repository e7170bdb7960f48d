// The same frame: an operator is a writer too, and goes from the one to the other.
export { default } from '@/app/dashboard/layout'
