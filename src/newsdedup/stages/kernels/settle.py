"""From who matches whom to stories with a centre each, on a graph in compressed sparse rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel


@kernel
def fill_rows(
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    chosen: NDArray[np.bool_],
    starts: NDArray[np.int64],
    others: NDArray[np.int32],
    rows: NDArray[np.int64],
) -> None:
    """Write who is beside whom in the chosen pairs, sorted by (left, right), each pair on both sides.

    Article i gets the stretch of `others`, in ascending order, and of `rows`, the pairs' places, that begins at
    `starts[i]`; that is counted on to its end.
    """
    for row in range(len(left)):
        if chosen[row]:
            at = starts[right[row]]
            others[at] = left[row]
            rows[at] = row
            starts[right[row]] += 1
    for row in range(len(left)):
        if chosen[row]:
            at = starts[left[row]]
            others[at] = right[row]
            rows[at] = row
            starts[left[row]] += 1


@kernel
def components(
    members: NDArray[np.int32],
    n: np.int64,
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int32],
    group_of: NDArray[np.int32],
    group: np.int64,
    ends: NDArray[np.int64],
) -> int:
    """Reorder `members[:n]` so that what hangs together stands together; return how many groups there are.

    All members are sorted and have `group_of` == `group`; on return it is `group + 1 + k` for the k-th group, whose
    members end before place `ends[k]` and are sorted.
    """
    queue = np.empty(n, np.int32)
    found = 0
    filled = 0
    for i in range(n):
        if group_of[members[i]] != group:
            continue
        own = group + 1 + found
        at = filled
        group_of[members[i]] = own
        queue[filled] = members[i]
        filled += 1
        while at < filled:
            article = queue[at]
            at += 1
            for k in range(starts[article], starts[article + 1]):
                other = neighbours[k]
                if group_of[other] == group:
                    group_of[other] = own
                    queue[filled] = other
                    filled += 1
        ends[found] = filled
        found += 1
    for i in range(n):
        queue[i] = members[i]
    places = np.empty(found, np.int64)
    for k in range(found):
        places[k] = ends[k - 1] if k else 0
    for i in range(n):
        k = group_of[queue[i]] - group - 1
        members[places[k]] = queue[i]
        places[k] += 1
    return found


@kernel
def degrees_of(
    members: NDArray[np.int32],
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int32],
    group_of: NDArray[np.int32],
    standing: NDArray[np.int32],
    degrees: NDArray[np.int32],
) -> int:
    """Write to `degrees` how many of its group each member matches; return the most of those that are not barred.

    An article of a corpus of n is barred if its `standing` is n or more; such count only where all are.
    """
    group = group_of[members[0]]
    barred_from = len(standing)
    most = most_barred = 0
    for i in range(len(members)):
        degrees[i] = 0
        for k in range(starts[members[i]], starts[members[i] + 1]):
            degrees[i] += group_of[neighbours[k]] == group
        if standing[members[i]] < barred_from:
            most = max(most, degrees[i])
        else:
            most_barred = max(most_barred, degrees[i])
    return most or most_barred


@kernel
def centre_of(members: NDArray[np.int32], degrees: NDArray[np.int32], most: int, standing: NDArray[np.int32]) -> int:
    """The best standing of the members that match nine tenths as many as the best connected one that is not barred.

    An article that hangs on by few matches, such as a round-up that holds a brief, cannot be the centre of a group.
    """
    best = -1
    for i in range(len(members)):
        if 10 * degrees[i] >= 9 * most and (best < 0 or standing[members[i]] < standing[best]):
            best = members[i]
    return best


@kernel
def settle(
    articles: NDArray[np.int32],
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int32],
    odds: NDArray[np.float32],
    other_starts: NDArray[np.int64],
    others: NDArray[np.int32],
    other_odds: NDArray[np.float32],
    near_starts: NDArray[np.int64],
    near: NDArray[np.int32],
    near_rows: NDArray[np.int64],
    standing: NDArray[np.int32],
    centres: NDArray[np.int32],
    settled: NDArray[np.bool_],
) -> None:
    """Fill `centres`, for each of n articles the centre of its story; -1 where it is alone or matches nothing.

    `articles` are those that match another; `neighbours[starts[i]:starts[i + 1]]` those that i matches, `others` those
    that it is linked with but does not match, with the log-odds of one story each, and of these `near` those that it
    nearly matches, by row `near_rows` of the matches, of which `settled` marks those that come to hold.
    """
    n = len(articles)
    group_of = np.full(len(centres), -1, np.int32)
    work = articles.copy()
    for i in range(n):
        group_of[articles[i]] = 0
    ends = np.empty(n + 1, np.int64)
    groups = components(work, np.int64(n), starts, neighbours, group_of, np.int64(0), ends)
    # stretches of `work` still to be looked at; a leftover is never larger than the group it is left of
    stack = np.empty((2 * n + 2, 2), np.int64)
    depth = 0
    begin = 0
    for k in range(groups):
        stack[depth, 0], stack[depth, 1] = begin, ends[k]
        depth += 1
        begin = ends[k]
    next_group = groups + 1
    held = np.zeros(len(centres), np.int32)
    degrees = np.empty(n, np.int32)
    mark = 0
    while depth:
        depth -= 1
        begin, end = stack[depth, 0], stack[depth, 1]
        if end - begin < 2:
            continue
        members = work[begin:end]
        group = group_of[members[0]]
        most = degrees_of(members, starts, neighbours, group_of, standing, degrees)
        centre = centre_of(members, degrees, most, standing)
        mark += 1
        held[centre] = mark
        for k in range(starts[centre], starts[centre + 1]):
            if group_of[neighbours[k]] == group:
                held[neighbours[k]] = mark
        # what nearly matches the centre stays if all it was compared with there, taken together, vouch for it
        for k in range(near_starts[centre], near_starts[centre + 1]):
            article = near[k]
            if group_of[article] != group or held[article] == mark:
                continue
            support = 0.0
            for j in range(starts[article], starts[article + 1]):
                if held[neighbours[j]] == mark:
                    support += np.float64(odds[j])
            for j in range(other_starts[article], other_starts[article + 1]):
                if held[others[j]] == mark:
                    support += np.float64(other_odds[j])
            if support > 0:
                centres[article] = centre
                settled[near_rows[k]] = True
        left = 0
        for i in range(len(members)):
            article = members[i]
            if held[article] == mark or centres[article] == centre:
                centres[article] = centre
                group_of[article] = -1
            else:
                members[left] = article
                left += 1
        if left < 2:
            continue
        groups = components(members, np.int64(left), starts, neighbours, group_of, np.int64(group), ends)
        first = begin
        for k in range(groups):
            # numbered past every group there is, so that no two are taken for one
            for i in range(first, begin + ends[k]):
                group_of[work[i]] = next_group
            next_group += 1
            stack[depth, 0], stack[depth, 1] = first, begin + ends[k]
            depth += 1
            first = begin + ends[k]


@kernel
def contenders_of(
    members: NDArray[np.int32],
    degrees: NDArray[np.int32],
    standing: NDArray[np.int32],
    centre: int,
    count: int,
    chosen: NDArray[np.int32],
) -> int:
    """Write to `chosen` the centre, the `count` best connected members, and the `count` of best standing; each once."""
    chosen[0] = centre
    n = 1
    for by_degree in range(2):
        for _ in range(count):
            best = -1
            for i in range(len(members)):
                known = False
                for k in range(n):
                    known |= chosen[k] == members[i]
                if known:
                    continue
                better = best < 0 or standing[members[i]] < standing[members[best]]
                if by_degree and best >= 0 and degrees[i] != degrees[best]:
                    better = degrees[i] > degrees[best]
                if better:
                    best = i
            if best >= 0:
                chosen[n] = members[best]
                n += 1
    return n


@kernel
def best_standing(members: NDArray[np.int32], standing: NDArray[np.int32]) -> int:
    """The member that stands best."""
    best = np.int32(members[0])
    for member in members:
        if standing[member] < standing[best]:
            best = member
    return int(best)


@kernel
def unheld_pairs(
    articles: NDArray[np.int32],
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int32],
    standing: NDArray[np.int32],
    contenders: int,
    full_up_to: int,
    pairs: NDArray[np.uint64],
    of_best: NDArray[np.bool_],
    group: NDArray[np.int32],
) -> int:
    """Write the pairs, `lower << 32 | higher`, that no match joins though one of them may be a group's centre.

    Of a group whose member of best standing matches all others that is none: it is the centre, whatever they are to
    each other. Of another of up to `full_up_to` it is any two; of a larger one its contenders (see `contenders_of`)
    with all others, but if the member of best standing matches nine tenths, and so is the centre, no two of these.
    `of_best` says whether a pair is one of the member of best standing, `group` of which group it is, from 0 on.
    Returns how many there are; needed is room for 2 * `contenders` + 1 and `full_up_to` / 2 an article.
    """
    n = len(articles)
    group_of = np.full(len(starts) - 1, -1, np.int32)
    work = articles.copy()
    for i in range(n):
        group_of[articles[i]] = 0
    ends = np.empty(n + 1, np.int64)
    groups = components(work, np.int64(n), starts, neighbours, group_of, np.int64(0), ends)
    held_by = np.full(len(starts) - 1, -1, np.int32)
    matched = np.full(len(starts) - 1, -1, np.int32)
    degrees = np.empty(n, np.int32)
    chosen = np.empty(max(2 * contenders + 1, full_up_to), np.int32)
    row = 0
    begin = 0
    for g in range(groups):
        members = work[begin : ends[g]]
        begin = ends[g]
        best = best_standing(members, standing)
        held = starts[best + 1] - starts[best]
        if held == len(members) - 1:
            continue
        is_centre = 10 * held >= 9 * (len(members) - 1)
        for j in range(starts[best], starts[best + 1]):
            held_by[neighbours[j]] = best
        if len(members) <= full_up_to:
            count = len(members)
            for i in range(count):
                chosen[i] = members[i]
        else:
            most = degrees_of(members, starts, neighbours, group_of, standing, degrees)
            centre = centre_of(members, degrees, most, standing)
            count = contenders_of(members, degrees, standing, centre, contenders, chosen)
        for k in range(count):
            one = chosen[k]
            for j in range(starts[one], starts[one + 1]):
                matched[neighbours[j]] = one
            for other in members:
                # the pair of two chosen ones is written once, by the one that comes first
                earlier = other == one or matched[other] == one
                for e in range(k):
                    earlier |= chosen[e] == other
                settled = is_centre and held_by[one] == best and held_by[other] == best
                if not earlier and not settled:
                    pairs[row] = np.uint64(min(one, other)) << np.uint64(32) | np.uint64(max(one, other))
                    of_best[row] = one == best or other == best
                    group[row] = g
                    row += 1
    return row
