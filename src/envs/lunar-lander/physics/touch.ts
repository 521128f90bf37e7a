import type { Contact, ContactPoint } from "./contact.js";
import { SKINS } from "./tolerances.js";

/** The two ends of the segment that is being clipped, and the features that made them. */
const x = new Float64Array(2);
const y = new Float64Array(2);
const feature = new Int32Array(2);

/**
 * Feature numbers: the body's corners are 0 to 15, ends of the ground seen from a side of the body follow, then cuts.
 */
const END = 128;
const CUT = 256;

/** The body's face is preferred only if its separation is better by this margin; otherwise the choice could flicker. */
const RELATIVE = 0.98;
const ABSOLUTE = 0.001;

/** Finds how the two touch now, from the body's `outline`, and records when a contact begins or ends. */
export function updateContact(contact: Contact): void {
  const { body, edge } = contact;
  const reach = body.radius + SKINS;
  const isNear = body.x + reach >= edge.x1 && body.x - reach <= edge.x2 && body.y - reach <= Math.max(edge.y1, edge.y2);
  if (isNear) findPoints(contact);
  else contact.count = 0;
  const touching = contact.count > 0;
  if (touching === contact.touching) return;
  contact.touching = touching;
  // As in Gymnasium's contact listener, the end of one contact counts as the end of all.
  body.grounded = touching;
  if (touching) body.hasTouched = true;
}

/**
 * Finds the contact points. Points that existed before keep their impulses.
 *
 * It uses separating axes: of the normals of the edge and of the body's sides, the one with the largest separation
 * decides which of the two has the face. The side of the other that faces it is clipped to the width of the face; its
 * ends within the skins are the points. The edge has no neighbours and pushes towards the side of the body's centre
 * (Box2D 2.3, b2CollideEdge.cpp).
 */
function findPoints(contact: Contact): void {
  const { body, edge, points } = contact;
  const { cornerX, cornerY, normalX, normalY } = body;
  const { corners } = body.polygon;
  const before = contact.count;
  contact.count = 0;
  const above = (body.x - edge.x1) * edge.normalX + (body.y - edge.y1) * edge.normalY > 0;
  const upX = above ? edge.normalX : -edge.normalX;
  const upY = above ? edge.normalY : -edge.normalY;

  let groundSeparation = Infinity;
  let bodySeparation = -Infinity;
  let face = 0;
  let facing = 0;
  let mostOpposed = Infinity;
  for (let i = 0; i < corners; i++) {
    const height = (cornerX[i] - edge.x1) * upX + (cornerY[i] - edge.y1) * upY;
    if (height < groundSeparation) groundSeparation = height;
    const first = (edge.x1 - cornerX[i]) * normalX[i] + (edge.y1 - cornerY[i]) * normalY[i];
    const second = (edge.x2 - cornerX[i]) * normalX[i] + (edge.y2 - cornerY[i]) * normalY[i];
    const apart = Math.min(first, second);
    if (apart > bodySeparation) {
      bodySeparation = apart;
      face = i;
    }
    const opposed = upX * normalX[i] + upY * normalY[i];
    if (opposed < mostOpposed) {
      mostOpposed = opposed;
      facing = i;
    }
  }
  if (groundSeparation > SKINS || bodySeparation > SKINS) return;

  contact.faceIsGround = !(bodySeparation > RELATIVE * groundSeparation + ABSOLUTE);
  let planeX: number;
  let planeY: number;
  let outX: number;
  let outY: number;
  if (contact.faceIsGround) {
    const next = facing + 1 < corners ? facing + 1 : 0;
    setPoint(0, cornerX[facing], cornerY[facing], facing);
    setPoint(1, cornerX[next], cornerY[next], next);
    // Seen with the normal upwards, the face begins on the right.
    planeX = above ? edge.x2 : edge.x1;
    planeY = above ? edge.y2 : edge.y1;
    const endX = above ? edge.x1 : edge.x2;
    const endY = above ? edge.y1 : edge.y2;
    if (!(cut(upY, -upX, planeX, planeY, above ? 1 : 0) && cut(-upY, upX, endX, endY, above ? 0 : 1))) return;
    outX = upX;
    outY = upY;
    contact.planeX = planeX;
    contact.planeY = planeY;
    contact.planeNormalX = upX;
    contact.planeNormalY = upY;
  } else {
    const next = face + 1 < corners ? face + 1 : 0;
    setPoint(0, edge.x1, edge.y1, END + 2 * face);
    setPoint(1, edge.x2, edge.y2, END + 2 * face + 1);
    planeX = cornerX[face];
    planeY = cornerY[face];
    outX = normalX[face];
    outY = normalY[face];
    if (!(cut(outY, -outX, planeX, planeY, 2) && cut(-outY, outX, cornerX[next], cornerY[next], 3))) return;
    contact.planeX = body.polygon.x[face] - body.centreX;
    contact.planeY = body.polygon.y[face] - body.centreY;
    contact.planeNormalX = body.polygon.normalX[face];
    contact.planeNormalY = body.polygon.normalY[face];
  }

  const [one, two] = points;
  const oldOne = before > 0 ? one.feature : -1;
  const oldTwo = before > 1 ? two.feature : -1;
  const { normalImpulse: normalOne, tangentImpulse: tangentOne } = one;
  const { normalImpulse: normalTwo, tangentImpulse: tangentTwo } = two;
  for (let k = 0; k < 2; k++) {
    if ((x[k] - planeX) * outX + (y[k] - planeY) * outY > SKINS) continue;
    const point = points[contact.count++];
    storePoint(contact, point, x[k], y[k]);
    point.feature = feature[k];
    const isOne = point.feature === oldOne;
    const isTwo = point.feature === oldTwo;
    point.normalImpulse = isOne ? normalOne : isTwo ? normalTwo : 0;
    point.tangentImpulse = isOne ? tangentOne : isTwo ? tangentTwo : 0;
  }
}

/** Stores a point in the frame of the body on which it lies. */
function storePoint({ body, faceIsGround }: Contact, point: ContactPoint, px: number, py: number): void {
  const dx = px - body.x;
  const dy = py - body.y;
  point.x = faceIsGround ? body.cos * dx + body.sin * dy : px;
  point.y = faceIsGround ? -body.sin * dx + body.cos * dy : py;
}

function setPoint(k: number, px: number, py: number, made: number): void {
  x[k] = px;
  y[k] = py;
  feature[k] = made;
}

/** Clips the segment to the half-plane behind (px, py) in the direction (dx, dy). Returns false if nothing is left. */
function cut(dx: number, dy: number, px: number, py: number, end: number): boolean {
  const beyond0 = (x[0] - px) * dx + (y[0] - py) * dy;
  const beyond1 = (x[1] - px) * dx + (y[1] - py) * dy;
  if (beyond0 <= 0 && beyond1 <= 0) return true;
  if (!(beyond0 * beyond1 < 0)) return false;
  const share = beyond0 / (beyond0 - beyond1);
  const cutX = x[0] + share * (x[1] - x[0]);
  const cutY = y[0] + share * (y[1] - y[0]);
  const made = CUT + 16 * end + (feature[0] & 15);
  if (beyond0 > 0) setPoint(0, x[1], y[1], feature[1]);
  setPoint(1, cutX, cutY, made);
  return true;
}
