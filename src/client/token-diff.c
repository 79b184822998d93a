/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "token-diff.h"

#include <string.h>

/* E. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1986, the variation in linear
 * space: walk from both ends until the ways meet, and go on with both halves. Where more than MOST_EDITS lie
 * between the ends, split at tokens that are found once on each side instead. */

#define MOST_EDITS 1500

typedef struct
{
  const BatonToken *a, *b;
  guint8 *a_changed, *b_changed;
  gint64 *budget;
} Diff;

typedef struct
{
  gssize a_from, a_to, b_from, b_to;
} Box;

static void compare (Diff *diff, Box box);

static void
mark_all (Diff *diff, Box box)
{
  memset (diff->a_changed + box.a_from, 1, (gsize) (box.a_to - box.a_from));
  memset (diff->b_changed + box.b_from, 1, (gsize) (box.b_to - box.b_from));
}

/* One of the two walks: how far each diagonal has come. */
typedef struct
{
  gssize *reach; /* reach[offset + k]: the furthest x on diagonal k; -1: not reached */
  gssize offset;
  gssize start, end; /* diagonals at the edges that have left the box */
} Walk;

static void
walk_init (Walk *walk, gssize most)
{
  walk->offset = most + 1;
  walk->reach = g_new (gssize, 2 * most + 3);
  for (gssize i = 0; i < 2 * most + 3; i++)
    walk->reach[i] = -1;
  walk->reach[walk->offset + 1] = 0;
  walk->start = walk->end = 0;
}

static gssize
walk_begin (const Walk *walk, gssize d, gssize k)
{
  const gssize *reach = walk->reach + walk->offset;

  return k == -d || (k != d && reach[k - 1] < reach[k + 1]) ? reach[k + 1] : reach[k - 1] + 1;
}

/* What the other walk has reached on the same diagonal, or -1. */
static gssize
walk_at (const Walk *walk, gssize k)
{
  return k < -walk->offset || k > walk->offset ? -1 : walk->reach[walk->offset + k];
}

/* Whether the walk is still in the box; if not, its diagonal is left out from now on. */
static gboolean
walk_stays (Walk *walk, gssize x, gssize y, gssize n, gssize m)
{
  if (x > n)
    walk->end += 2;
  else if (y > m)
    walk->start += 2;
  return x <= n && y <= m;
}

/* One round of one walk. backward: counted from the far corner. TRUE when it has met the other one, at (*a,
 * *b). */
static gboolean
walk_round (
    Diff *diff, Box box, gboolean backward, Walk *walk, const Walk *other, gssize d, gssize *a, gssize *b)
{
  gssize n = box.a_to - box.a_from, m = box.b_to - box.b_from, delta = n - m;
  gboolean meets = (delta % 2 != 0) != backward;

  for (gssize k = -d + walk->start; k <= d - walk->end; k += 2)
    {
      gssize x = walk_begin (walk, d, k), y = x - k, from = x, theirs;

      while (x < n && y < m &&
             (backward ? diff->a[box.a_to - 1 - x].id == diff->b[box.b_to - 1 - y].id
                       : diff->a[box.a_from + x].id == diff->b[box.b_from + y].id))
        x++, y++;
      *diff->budget -= x - from + 1;
      walk->reach[walk->offset + k] = x;
      if (!walk_stays (walk, x, y, n, m) || !meets)
        continue;
      theirs = walk_at (other, delta - k);
      if (theirs < 0 || x + theirs < n)
        continue;
      *a = backward ? box.a_to - x : box.a_from + x;
      *b = backward ? box.b_to - y : box.b_from + y;
      return TRUE;
    }
  return FALSE;
}

/* A point on a shortest way through the box; FALSE when it is too far to be found. */
static gboolean
find_middle (Diff *diff, Box box, gssize *a, gssize *b)
{
  gssize n = box.a_to - box.a_from, m = box.b_to - box.b_from;
  gssize most = MIN ((n + m + 1) / 2, MOST_EDITS);
  Walk forward, backward;
  gboolean found = FALSE;

  walk_init (&forward, most);
  walk_init (&backward, most);
  for (gssize d = 0; d < most && !found && *diff->budget > 0; d++)
    found = walk_round (diff, box, FALSE, &forward, &backward, d, a, b) ||
            walk_round (diff, box, TRUE, &backward, &forward, d, a, b);
  g_free (forward.reach);
  g_free (backward.reach);
  return found;
}

typedef struct
{
  gssize a, b; /* where the token stands; -2: more than once */
} Place;

static GHashTable *
find_places (Diff *diff, Box box)
{
  GHashTable *places = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (gssize i = box.a_from; i < box.a_to; i++)
    {
      Place *place = g_hash_table_lookup (places, GUINT_TO_POINTER (diff->a[i].id));

      if (place == NULL)
        {
          place = g_new (Place, 1);
          *place = (Place){ i, -1 };
          g_hash_table_insert (places, GUINT_TO_POINTER (diff->a[i].id), place);
        }
      else
        place->a = -2;
    }
  for (gssize i = box.b_from; i < box.b_to; i++)
    {
      Place *place = g_hash_table_lookup (places, GUINT_TO_POINTER (diff->b[i].id));

      if (place != NULL)
        place->b = place->b == -1 ? i : -2;
    }
  return places;
}

/* The tokens that are found once on each side, in the old order. */
static GArray *
find_unique (Diff *diff, Box box)
{
  g_autoptr (GHashTable) places = find_places (diff, box);
  GArray *unique = g_array_new (FALSE, FALSE, sizeof (Place));

  for (gssize i = box.a_from; i < box.a_to; i++)
    {
      const Place *place = g_hash_table_lookup (places, GUINT_TO_POINTER (diff->a[i].id));

      if (place->a >= 0 && place->b >= 0)
        g_array_append_val (unique, *place);
    }
  return unique;
}

/* Patience sorting: the length of the longest row of rising b, whose members get marked by `kept`. */
static void
keep_rising (const GArray *unique, guint8 *kept)
{
  g_autofree guint *tops = g_new (guint, unique->len);
  g_autofree gint64 *below = g_new (gint64, unique->len);
  guint piles = 0;

  for (guint i = 0; i < unique->len; i++)
    {
      gssize b = g_array_index (unique, Place, i).b;
      guint low = 0, high = piles;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (g_array_index (unique, Place, tops[middle]).b < b)
            low = middle + 1;
          else
            high = middle;
        }
      below[i] = low > 0 ? (gint64) tops[low - 1] : -1;
      tops[low] = i;
      piles = MAX (piles, low + 1);
    }
  for (gint64 i = piles > 0 ? (gint64) tops[piles - 1] : -1; i >= 0; i = below[i])
    kept[i] = 1;
}

static void
split_at_unique (Diff *diff, Box box)
{
  g_autoptr (GArray) unique = find_unique (diff, box);
  g_autofree guint8 *kept = g_new0 (guint8, unique->len + 1);
  gssize a = box.a_from, b = box.b_from;

  *diff->budget -= box.a_to - box.a_from + box.b_to - box.b_from;
  keep_rising (unique, kept);
  for (guint i = 0; i < unique->len; i++)
    {
      const Place *place = &g_array_index (unique, Place, i);

      if (!kept[i])
        continue;
      compare (diff, (Box){ a, place->a, b, place->b });
      a = place->a + 1;
      b = place->b + 1;
    }
  if (unique->len > 0)
    compare (diff, (Box){ a, box.a_to, b, box.b_to });
  else
    mark_all (diff, box);
}

static void
compare (Diff *diff, Box box)
{
  gssize a, b;

  while (box.a_from < box.a_to && box.b_from < box.b_to && diff->a[box.a_from].id == diff->b[box.b_from].id)
    box.a_from++, box.b_from++;
  while (
      box.a_from < box.a_to && box.b_from < box.b_to && diff->a[box.a_to - 1].id == diff->b[box.b_to - 1].id)
    box.a_to--, box.b_to--;
  if (box.a_from == box.a_to || box.b_from == box.b_to || *diff->budget <= 0)
    mark_all (diff, box);
  else if (find_middle (diff, box, &a, &b))
    {
      compare (diff, (Box){ box.a_from, a, box.b_from, b });
      compare (diff, (Box){ a, box.a_to, b, box.b_to });
    }
  else if (*diff->budget > 0 && (box.a_to - box.a_from) + (box.b_to - box.b_from) > 2 * MOST_EDITS)
    split_at_unique (diff, box);
  else
    mark_all (diff, box);
}

void
baton_token_diff (const BatonToken *old, gsize n_old, const BatonToken *new_, gsize n_new,
    guint8 *old_changed, guint8 *new_changed, gint64 *budget)
{
  Diff diff = { old, new_, old_changed, new_changed, budget };

  compare (&diff, (Box){ 0, (gssize) n_old, 0, (gssize) n_new });
}
