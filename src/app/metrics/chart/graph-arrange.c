/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "graph.h"

static void
node_clear (gpointer data)
{
  g_free (((BatonGraphNode *) data)->name);
}

static void
edge_clear (gpointer data)
{
  g_free (((BatonGraphEdge *) data)->label);
  g_free (((BatonGraphEdge *) data)->words);
}

BatonGraphContent *
baton_graph_content_new (void)
{
  BatonGraphContent *content = g_new0 (BatonGraphContent, 1);

  content->nodes = g_array_new (FALSE, TRUE, sizeof (BatonGraphNode));
  g_array_set_clear_func (content->nodes, node_clear);
  content->edges = g_array_new (FALSE, TRUE, sizeof (BatonGraphEdge));
  g_array_set_clear_func (content->edges, edge_clear);
  return content;
}

void
baton_graph_content_free (BatonGraphContent *content)
{
  g_array_unref (content->nodes);
  g_array_unref (content->edges);
  g_free (content);
}

guint
baton_graph_add_node (BatonGraphContent *content, const char *name)
{
  BatonGraphNode node = { .name = g_strdup (name) };

  g_array_append_val (content->nodes, node);
  return content->nodes->len - 1;
}

static BatonGraphNode *
node_at (BatonGraphContent *content, guint i)
{
  return &g_array_index (content->nodes, BatonGraphNode, i);
}

gboolean
baton_graph_add_edge (BatonGraphContent *content, guint from, guint to, double volume, const char *label,
    const char *words, BatonInk tone)
{
  BatonGraphEdge edge = { from, to, volume, g_strdup (label), g_strdup (words), tone };

  if (from == to)
    {
      edge_clear (&edge);
      return FALSE;
    }
  node_at (content, from)->weight += volume;
  node_at (content, to)->weight += volume;
  g_array_append_val (content->edges, edge);
  return TRUE;
}

/* The order in which least goes back (Eades, Lin and Smyth 1993): what only receives goes to the end, what
 * only gives to the beginning, else whoever gives most beyond what they receive. */
static void
find_order (BatonGraphContent *content, guint *place)
{
  guint n = content->nodes->len, first = 0, last = n;
  g_autofree gboolean *done = g_new0 (gboolean, MAX (n, 1));

  while (first < last)
    {
      guint best = G_MAXUINT, sink = G_MAXUINT;
      double most = -G_MAXDOUBLE;

      for (guint i = 0; i < n; i++)
        {
          double out = 0, in = 0;

          if (done[i])
            continue;
          for (guint e = 0; e < content->edges->len; e++)
            {
              const BatonGraphEdge *edge = &g_array_index (content->edges, BatonGraphEdge, e);

              out += edge->from == i && !done[edge->to] ? edge->volume : 0;
              in += edge->to == i && !done[edge->from] ? edge->volume : 0;
            }
          if (out == 0 && in > 0)
            sink = i;
          if (out - in > most)
            {
              most = out - in;
              best = i;
            }
        }
      if (sink != G_MAXUINT)
        best = sink;
      place[best] = sink != G_MAXUINT ? --last : first++;
      done[best] = TRUE;
    }
}

/* Each node one layer behind the last of those that lead to it. */
static void
find_layers (BatonGraphContent *content, const guint *place)
{
  for (guint p = 0; p < content->nodes->len; p++)
    {
      for (guint e = 0; e < content->edges->len; e++)
        {
          const BatonGraphEdge *edge = &g_array_index (content->edges, BatonGraphEdge, e);
          BatonGraphNode *from = node_at (content, edge->from), *to = node_at (content, edge->to);

          if (place[edge->from] == p && place[edge->to] > p)
            to->layer = MAX (to->layer, from->layer + 1);
        }
    }
  content->n_layers = 0;
  for (guint i = 0; i < content->nodes->len; i++)
    content->n_layers = MAX (content->n_layers, node_at (content, i)->layer + 1);
}

/* Within a layer, whoever the upper ones of the layer before lead to is above; the heaviest first. */
static double
height_of (BatonGraphContent *content, guint node)
{
  double sum = 0, weight = 0;

  for (guint e = 0; e < content->edges->len; e++)
    {
      const BatonGraphEdge *edge = &g_array_index (content->edges, BatonGraphEdge, e);

      if (edge->to == node && node_at (content, edge->from)->layer < node_at (content, node)->layer)
        {
          sum += edge->volume * node_at (content, edge->from)->row;
          weight += edge->volume;
        }
    }
  return (weight > 0 ? sum / weight : 0) - node_at (content, node)->weight * 1e-9;
}

static void
find_rows (BatonGraphContent *content)
{
  content->n_rows = 0;
  for (guint layer = 0; layer < content->n_layers; layer++)
    {
      guint row = 0;
      g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (guint));

      for (guint i = 0; i < content->nodes->len; i++)
        if (node_at (content, i)->layer == layer)
          g_array_append_val (left, i);
      while (left->len > 0)
        {
          guint best = 0;

          for (guint i = 1; i < left->len; i++)
            if (height_of (content, g_array_index (left, guint, i)) <
                height_of (content, g_array_index (left, guint, best)))
              best = i;
          node_at (content, g_array_index (left, guint, best))->row = row++;
          g_array_remove_index (left, best);
        }
      content->n_rows = MAX (content->n_rows, row);
    }
}

void
baton_graph_arrange (BatonGraphContent *content)
{
  g_autofree guint *place = g_new0 (guint, MAX (content->nodes->len, 1));

  find_order (content, place);
  find_layers (content, place);
  find_rows (content);
}
