// The groups of dated things, each with a colour of its own; what is rare goes into one group, and its table keeps the kinds.

// By what a kind begins with, from those that matter to all views down.
const GROUPS = [
  ["membership", "Memberships", /^membership/],
  ["milestone", "Milestones", /^milestone/],
  ["mission", "Missions", /^mission/],
  ["event", "Events", /^event/],
  ["threat", "Threats", /^threat/],
  ["policy", "Policies", /^policy/],
  ["dealing", "Dealings and facilities", /^(relation|facility)/],
  ["organisation", "Organisations", /^organisation/],
];
const RARE = 0.03; // of all things
const OTHER = "other";

const own = (kind) => GROUPS.find(([, , pattern]) => pattern.test(kind))?.[0] ?? OTHER;

/** The groups of these kinds of things, one kind for each thing: [id, name] in order, the group of a kind, and of an id in an older address. */
export function grouped(kinds) {
  const count = Map.groupBy(kinds, own);
  const isCommon = (id) => (count.get(id)?.length ?? 0) >= RARE * kinds.length;
  const common = GROUPS.filter(([id]) => isCommon(id)).map(([id, name]) => [id, name]);
  const isAny = kinds.some((kind) => !isCommon(own(kind)) || own(kind) === OTHER);
  const of = (id) => (common.some(([one]) => one === id) ? id : OTHER);
  return {
    list: isAny ? [...common, [OTHER, "Other"]] : common,
    groupOf: (kind) => of(own(kind)),
    known: [...GROUPS.map(([id]) => id), OTHER],
    of,
  };
}
