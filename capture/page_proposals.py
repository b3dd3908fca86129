"""Rough guesses at where a page lies: regions that stand out, and lines that pair up."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from capture.arrays import Bytes, Floats

LEAST_SHARE = 0.04  # of the frame; a smaller page has too few pixels to read anyway
MOST_SHARE = 0.985
STROKE = 9  # pixels of the work image: wider than any stroke of text
MANY_LINES, MANY_PAIRS = 48, 400
EDGES = (20, 45, 90)  # of grey levels: how strong an edge has to be, for weak ones and for busy tables


def background_distance(lab: Floats) -> Floats:
    """How far each pixel (H, W) is from the table, in Lab units.

    The table is taken to be what the frame's rim shows, under light that falls off smoothly (a quadratic
    surface per channel, fitted so that what is not table counts little).
    """
    height, width = lab.shape[:2]
    rim = max(4, round(0.05 * min(height, width)))
    yy, xx = np.mgrid[0:height:4, 0:width:4]
    mask = (yy < rim) | (yy >= height - rim) | (xx < rim) | (xx >= width - rim)
    ys, xs = yy[mask], xx[mask]
    design = _surface(xs, ys, width, height)
    colours = lab[ys, xs].astype(np.float64)
    weights = np.ones(len(xs))
    solved = np.zeros((design.shape[1], 3))
    for _ in range(6):
        weighted = design * weights[:, None]
        solved = np.linalg.solve(weighted.T @ design + 1e-6 * np.eye(6), weighted.T @ colours)
        residual = np.linalg.norm(colours - design @ solved, axis=1)
        weights = 1.0 / (1.0 + (residual / 4.0) ** 2)
    small_y, small_x = np.mgrid[0:height:8, 0:width:8]
    fitted = (_surface(small_x.ravel(), small_y.ravel(), width, height) @ solved).reshape(*small_y.shape, 3)
    table = cv2.resize(fitted.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    distance: Floats = np.sqrt(((lab - table) ** 2).sum(axis=2))
    return distance


def _surface(
    xs: npt.NDArray[np.int64], ys: npt.NDArray[np.int64], width: int, height: int
) -> npt.NDArray[np.float64]:
    x, y = xs / width - 0.5, ys / height - 0.5
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def region_quads(lab: Floats, distance: Floats) -> list[Floats]:
    """Quads (4, 2) around connected regions that differ from the table, or stand out by lightness."""
    lightness = _lightness(lab)
    apart = np.clip(distance * 3.0, 0, 255).astype(np.uint8)
    level, _ = cv2.threshold(apart, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    masks: list[Bytes] = [apart > level * factor for factor in (0.45, 0.7, 1.0, 1.4)]
    level, _ = cv2.threshold(lightness, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    masks.extend(lightness > level + shift for shift in (-18, 0, 18, 36))
    masks.append(lightness < level)
    quads: list[Floats] = []
    for mask in masks:
        quads.extend(_quads_of(mask.astype(np.uint8)))
    return quads


def _lightness(lab: Floats) -> Bytes:
    return np.clip(lab[..., 0] * 2.55, 0, 255).astype(np.uint8)


def _quads_of(mask: Bytes) -> list[Floats]:
    height, width = mask.shape
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    mask = cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), cv2.MORPH_OPEN, kernel)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:3]:
        hull = cv2.convexHull(contour)
        share = cv2.contourArea(hull) / (width * height)
        if LEAST_SHARE < share < MOST_SHARE and cv2.contourArea(contour) > 0.6 * cv2.contourArea(hull):
            quad = four_sided(hull)
            if quad is not None:
                found.append(quad)
    return found


def four_sided(hull: Floats) -> Floats | None:
    """The four-sided outline, clockwise, that a convex hull comes down to as its shortest sides go."""
    points = cv2.approxPolyDP(hull, 0.004 * cv2.arcLength(hull, True), True)[:, 0].astype(np.float64)
    while len(points) > 4:
        nexts = np.roll(points, -1, axis=0)
        lengths = np.linalg.norm(nexts - points, axis=1)
        for index in np.argsort(lengths):
            merged = _without_side(points, int(index))
            if merged is not None:
                points = merged
                break
        else:
            return None
    if len(points) < 4:
        return None
    return clockwise(points.astype(np.float32))


def _without_side(points: npt.NDArray[np.float64], index: int) -> npt.NDArray[np.float64] | None:
    """Extend the two neighbours of a side until they meet; None when they would meet far away or behind."""
    count = len(points)
    a, b = points[index - 1], points[index]
    c, d = points[(index + 1) % count], points[(index + 2) % count]
    u, v = b - a, c - d
    cross = u[0] * v[1] - u[1] * v[0]
    if abs(cross) < 1e-9:
        return None
    w = d - a
    t = (w[0] * v[1] - w[1] * v[0]) / cross
    s = (w[0] * u[1] - w[1] * u[0]) / cross
    if t < 1 or s < 1 or t > 4 or s > 4:
        return None
    kept = [points[i] for i in range(count) if i not in (index, (index + 1) % count)]
    place = index if index + 1 < count else index - 1
    kept.insert(place, a + u * t)
    return np.array(kept)


def clockwise(quad: Floats) -> Floats:
    """The same corners in clockwise order on the screen (y down)."""
    centre = quad.mean(axis=0)
    order = np.argsort(np.arctan2(quad[:, 1] - centre[1], quad[:, 0] - centre[0]))
    ordered: Floats = quad[order]
    return ordered


def line_quads(lab: Floats, most: int) -> list[Floats]:
    """Quads (4, 2) out of straight lines: two pairs of nearly parallel ones, best supported first."""
    height, width = lab.shape[:2]
    lines = _lines(_lightness(lab), 18, shortest=0.035)
    if len(lines) < 4:
        return []
    pairs = []
    for i in range(len(lines)):
        for j in range(i + 1, len(lines)):
            turn = abs(lines[i][0] - lines[j][0])
            turn = min(turn, np.pi - turn)
            apart = abs(_offset_at(lines[i], width, height) - _offset_at(lines[j], width, height))
            if turn < np.deg2rad(18) and apart > 0.12 * min(width, height):
                pairs.append((i, j))
    scored: list[tuple[float, Floats]] = []
    for a in range(len(pairs)):
        for b in range(a + 1, len(pairs)):
            quad = _quad_of([lines[k] for k in (*pairs[a], *pairs[b])], width, height)
            if quad is not None:
                scored.append((_carried([lines[k] for k in (*pairs[a], *pairs[b])], quad), quad))
    scored.sort(key=lambda item: -item[0])
    return [quad for _, quad in scored[:most]]


# direction 0..pi, signed distance from the origin, length, segments
Line = tuple[float, float, float, Floats]


def crossing_quads(lab: Floats, most: int, least_step: float) -> list[Floats]:
    """Quads (4, 2) out of all straight lines that are no strokes, best supported first.

    For tables full of other papers or of stripes: many lines, of which any two pairs may be the page, so that
    each quad is weighed at once by the colour steps of at least least_step (Lab units) along its sides.
    """
    height, width = lab.shape[:2]
    without_strokes = _without_strokes(lab)
    # Beside lightness the two axes of colour: paper on paper may differ in nothing else.
    looks = _looks(without_strokes)
    lines = [line for look in looks for line in _lines(look, MANY_LINES // len(looks), shortest=0.02)]
    quads = _crossings(lines, width, height)
    if not len(quads):
        return []
    coverage = _coverage(lab, quads, least_step)
    shares = np.array([cv2.contourArea(quad) for quad in quads]) / (width * height)
    worth = coverage.mean(axis=1) + 0.5 * coverage.min(axis=1) + 0.15 * np.minimum(1.0, shares * 2)
    kept: list[Floats] = []
    for index in np.argsort(-worth):
        if all(np.abs(quads[index] - other).max() > 6 for other in kept):
            kept.append(quads[index])
            if len(kept) == most:
                break
    return kept


def enclosed_quads(lab: Floats) -> list[Floats]:
    """Quads (4, 2) around the largest areas that edges enclose, strokes aside: a page is smooth, whatever the
    table is."""
    height, width = lab.shape[:2]
    quads: list[Floats] = []
    looks = _looks(_without_strokes(lab))
    for strong in EDGES:
        edges = np.zeros((height, width), np.uint8)
        for look in looks:
            edges = np.maximum(edges, np.asarray(cv2.Canny(look, strong / 2, strong), np.uint8))
        closed = cv2.dilate(edges, np.ones((3, 3), np.uint8))
        count, areas, facts, _ = cv2.connectedComponentsWithStats(1 - closed // 255, connectivity=4)
        for area in sorted(range(1, count), key=lambda index: -int(facts[index, cv2.CC_STAT_AREA]))[:4]:
            quads.extend(_quads_of((areas == area).astype(np.uint8)))
    return quads


def _without_strokes(lab: Floats) -> Floats:
    closed: Floats = cv2.morphologyEx(lab, cv2.MORPH_CLOSE, np.ones((STROKE, STROKE), np.uint8))
    return closed


def _looks(lab: Floats) -> list[Bytes]:
    """Lightness and the two axes of colour as grey pictures."""
    colours = (np.clip(lab[..., c] * 4 + 128, 0, 255).astype(np.uint8) for c in (1, 2))
    return [_lightness(lab), *colours]


def _crossings(lines: list[Line], width: int, height: int) -> Floats:
    """All convex quads (N, 4, 2), clockwise, that two pairs of nearly parallel lines enclose in the frame."""
    angles, rhos = np.array([line[0] for line in lines]), np.array([line[1] for line in lines])
    offsets = np.array([_offset_at(line, width, height) for line in lines])
    first, second = np.triu_indices(len(lines), 1)
    turn = np.abs(angles[first] - angles[second])
    parallel = np.minimum(turn, np.pi - turn) < np.deg2rad(18)
    parallel &= np.abs(offsets[first] - offsets[second]) > 0.12 * min(width, height)
    pairs = np.stack([first[parallel], second[parallel]], axis=1)[:MANY_PAIRS]
    one, other = np.triu_indices(len(pairs), 1)
    i, j = pairs[one].T
    k, m = pairs[other].T
    crossing = np.abs(np.sin(angles[k] - angles[i])) > 0.5  # at 30 degrees or more
    i, j, k, m = i[crossing], j[crossing], k[crossing], m[crossing]
    quads = np.stack([_crossing(angles, rhos, a, b) for a, b in ((i, k), (i, m), (j, m), (j, k))], axis=1)
    low, high = quads.min(axis=1), quads.max(axis=1)
    frame = np.array([width, height])
    quads = quads[((low > -0.05 * frame) & (high < 1.05 * frame)).all(axis=1)]
    sides = np.roll(quads, -1, axis=1) - quads
    after = np.roll(sides, -1, axis=1)
    bends = sides[..., 0] * after[..., 1] - sides[..., 1] * after[..., 0]
    quads = np.where((bends[:, :1] < 0)[..., None], quads[:, ::-1], quads)
    lengths = np.linalg.norm(sides, axis=2)
    opposite = np.maximum(lengths[:, :2], 1e-3) / np.maximum(lengths[:, 2:], 1e-3)
    areas = 0.5 * np.abs(
        (quads[..., 0] * np.roll(quads[..., 1], -1, 1) - np.roll(quads[..., 0], -1, 1) * quads[..., 1]).sum(1)
    )
    share = areas / (width * height)
    good = (np.sign(bends) == np.sign(bends[:, :1])).all(axis=1)
    good &= (
        (np.abs(np.log(opposite)) < np.log(1.8)).all(axis=1) & (share > LEAST_SHARE) & (share < MOST_SHARE)
    )
    own: Floats = quads[good].astype(np.float32)
    return own


def _crossing(
    angles: npt.NDArray[np.float64],
    rhos: npt.NDArray[np.float64],
    one: npt.NDArray[np.int64],
    other: npt.NDArray[np.int64],
) -> npt.NDArray[np.float64]:
    """Where lines (N) meet others (N), as points (N, 2)."""
    a, b = angles[one], angles[other]
    determinant = np.sin(b - a)
    determinant = np.where(np.abs(determinant) < 1e-6, 1e-6, determinant)
    x = (rhos[one] * np.cos(b) - rhos[other] * np.cos(a)) / determinant
    y = (rhos[one] * np.sin(b) - rhos[other] * np.sin(a)) / determinant
    return np.stack([x, y], axis=1)


def _coverage(lab: Floats, quads: Floats, least_step: float) -> Floats:
    """For each side (N, 4) of quads the share of its length that has a colour step across it."""
    smooth = cv2.blur(lab, (4, 4))
    along = ((np.arange(16, dtype=np.float32) + 0.5) / 16)[None, None, :, None]
    sides = np.roll(quads, -1, axis=1) - quads
    inward = np.stack([-sides[..., 1], sides[..., 0]], axis=-1)
    inward /= np.maximum(np.linalg.norm(inward, axis=2, keepdims=True), 1e-3)
    points = quads[:, :, None] + sides[:, :, None] * along
    colours = []
    for shift in (3.0, -3.0):
        at = (points + shift * inward[:, :, None]).reshape(-1, 16, 2).astype(np.float32)
        # In stripes: one picture's rows may not be as many as there are sides to look at.
        parts = [
            cv2.remap(smooth, part[..., 0], part[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            for part in np.array_split(at, len(at) // 30_000 + 1)
        ]
        colours.append(np.concatenate(parts))
    steps = (colours[0] - colours[1]).reshape(len(quads), 4, 8, 2, 3).mean(axis=3)
    coverage: Floats = (np.linalg.norm(steps, axis=3) > least_step).mean(axis=2).astype(np.float32)
    return coverage


def _lines(grey: Bytes, most: int, shortest: float) -> list[Line]:
    """The `most` longest straight lines, merged of segments of at least `shortest` of the longer side."""
    stretched = cv2.createCLAHE(2.0, (4, 4)).apply(grey)
    found: Floats | None = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(stretched)[0]
    if found is None:
        return []
    segments = found.reshape(-1, 4).astype(np.float32)
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    keep = lengths > shortest * max(grey.shape)
    segments, lengths = segments[keep], lengths[keep]
    order = np.argsort(-lengths)[:150]
    segments, lengths = segments[order], lengths[order]
    merged: list[Line] = []
    used = np.zeros(len(segments), bool)
    angles = np.arctan2(segments[:, 3] - segments[:, 1], segments[:, 2] - segments[:, 0]) % np.pi
    for lead in range(len(segments)):
        if used[lead]:
            continue
        x0, y0, x1, y1 = segments[lead]
        normal = np.array([-(y1 - y0), x1 - x0]) / lengths[lead]
        starts = np.abs((segments[:, :2] - segments[lead, :2]) @ normal)
        ends = np.abs((segments[:, 2:] - segments[lead, :2]) @ normal)
        turn = np.abs(angles - angles[lead])
        same = (np.minimum(turn, np.pi - turn) < np.deg2rad(4)) & (starts < 6) & (ends < 6) & ~used
        used |= same
        group = segments[same]
        points = group.reshape(-1, 2)
        vx, vy, cx, cy = cv2.fitLine(points, cv2.DIST_L2, 0, 0.01, 0.01).ravel()
        angle = float(np.arctan2(vy, vx) % np.pi)
        rho = float(-np.sin(angle) * cx + np.cos(angle) * cy)
        merged.append((angle, rho, float(lengths[same].sum()), group))
    merged.sort(key=lambda line: -line[2])
    return merged[:most]


def _offset_at(line: Line, width: int, height: int) -> float:
    """Signed distance of a line from the frame's centre."""
    angle, rho, _, _ = line
    direction = 1.0 if angle < np.deg2rad(135) else -1.0  # keeps the sign steady where the angle wraps
    return direction * (rho + math.sin(angle) * width / 2 - math.cos(angle) * height / 2)


def _quad_of(four: list[Line], width: int, height: int) -> Floats | None:
    crossings = []
    for first, second in ((0, 2), (0, 3), (1, 3), (1, 2)):
        (a, ra, _, _), (b, rb, _, _) = four[first], four[second]
        determinant = np.sin(b - a)
        if abs(determinant) < 0.5:  # opposite pairs must cross at 30 degrees or more
            return None
        x = (ra * np.cos(b) - rb * np.cos(a)) / determinant
        y = (ra * np.sin(b) - rb * np.sin(a)) / determinant
        crossings.append((x, y))
    quad = np.array(crossings, np.float32)
    if (quad[:, 0] < -0.05 * width).any() or (quad[:, 0] > 1.05 * width).any():
        return None
    if (quad[:, 1] < -0.05 * height).any() or (quad[:, 1] > 1.05 * height).any():
        return None
    quad = clockwise(quad)
    if not cv2.isContourConvex(quad.astype(np.float32)[:, None]):
        return None
    share = cv2.contourArea(quad) / (width * height)
    return quad if LEAST_SHARE < share < MOST_SHARE else None


def _carried(four: list[Line], quad: Floats) -> float:
    """The share of the quad's outline that its own lines' segments cover, leaning to larger quads."""
    sides = np.roll(quad, -1, axis=0) - quad
    outline = float(np.linalg.norm(sides, axis=1).sum())
    low, high = quad.min(axis=0) - 4, quad.max(axis=0) + 4
    carried = 0.0
    for _, _, _, segments in four:
        clipped = np.clip(segments.reshape(-1, 2, 2), low, high)
        carried += float(np.linalg.norm(clipped[:, 1] - clipped[:, 0], axis=1).sum())
    return carried / outline + 0.0002 * outline
