// The mirror of a page whose address names a site. Where that is the household's own, so is its copy. Another one's rows lie
// in a copy of their own, beside which the household's is kept up: its settings and the list of its sites stay there,
// whatever is looked at.
import { deleteDB } from 'idb'
import type { Household } from '#domain/household.ts'
import { siteName, unknownSiteText } from '#domain/site-words.ts'
import type { AnotherSite, CopyState, StoredHome } from './copy.ts'
import { databaseOf } from './database.ts'
import { createDeviceMirror, type DeviceMirror, type DeviceMirrorDeps } from './device-mirror.ts'

export function createSiteMirror(deps: DeviceMirrorDeps, site: string): DeviceMirror {
  const own = createDeviceMirror(deps)
  // The worker keeps one copy up, the household's.
  const other = createDeviceMirror({ ...deps, site, askWorker: async () => undefined })
  /** As it was last found: the household may choose another site while this page is open. */
  let shown = other
  const ownState = async () => (await own.store()).state()
  const mirror = async () => {
    shown = isOf(site, await ownState()) ? own : other
    return shown
  }
  const isUnknown = async () => isLeftOut(site, await ownState())

  async function read(): Promise<StoredHome> {
    const household = await ownState()
    if (isLeftOut(site, household)) return nothingOf(site, household)
    const from = await mirror()
    const home = await from.read()
    if (from === other) return besides(site, household, home)
    // It may have become another one between the two.
    return isOf(site, home.state) ? home : read()
  }

  async function sync() {
    const end = await own.sync()
    if ((await mirror()) === own) return end
    if ((await isUnknown()) || !(await isCopied())) await askWhether()
    if (await isUnknown()) return end
    const otherEnd = await other.sync()
    // What the Pi tells nothing of although it answers may be gone from the account.
    if (otherEnd === 'server-error' && end === 'synced') await askWhether()
    return otherEnd
  }

  const isCopied = async () => (await (await other.store()).state()).cursor !== undefined

  /** Asks the Pi for the account's sites; of one that it does not have nothing is kept. */
  async function askWhether(): Promise<void> {
    await own.askSites()
    if (await isUnknown()) await deleteDB(databaseOf(site)).catch(() => undefined)
  }

  return {
    read,
    sync,
    store: async () => (await mirror()).store(),
    database: () => shown.database(),
    askHealth: async () => (await mirror()).askHealth(),
    askRevisions: async () => (await mirror()).askRevisions(),
    askTally: async () => (await mirror()).askTally(),
    askSites: own.askSites,
    writeSettings: own.writeSettings,
    settleSettings: own.settleSettings,
  }
}

const isOf = (site: string, { household }: CopyState): boolean => household?.siteId === site

/** Only a Pi that tells of sites can leave one out: without a word of any, nothing is said of this one. */
const isLeftOut = (site: string, { sites = [] }: CopyState): boolean =>
  sites.length > 0 && sites.every(({ siteId }) => siteId !== site)

/** The clock, the links and the settings are the household's; of the site there is nothing. */
function nothingOf(site: string, { cursor: _, ...state }: CopyState): StoredHome {
  const unknown = unknownSiteText(site, state.piLostSinceMs === undefined)
  const another = { name: 'No such site', unknown, own: state.household }
  return { state, another, live: [], priceDays: [], usageDays: [] }
}

function besides(site: string, own: CopyState, home: StoredHome): StoredHome {
  const { settings, writer, sites } = own
  const state = {
    ...home.state,
    ...(settings && { settings }),
    ...(writer && { writer }),
    ...(sites && { sites }),
  }
  // Before the Pi has said whose site it is, it may well be the household's.
  const isTold = sites !== undefined || own.household !== undefined
  return { ...home, state, ...(isTold && { another: anotherSite(site, own, home.state.household) }) }
}

function anotherSite(site: string, { sites = [], household }: CopyState, of?: Household): AnotherSite {
  const told = sites.find(({ siteId }) => siteId === site)
  return { name: told ? siteName(told, sites) : (of?.network ?? 'Another site'), own: household }
}
