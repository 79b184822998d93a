/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "days.h"
#include "event-write.h"
#include "metrics.h"
#include "timestamp.h"

#include <string.h>

#define PIECE 65536

typedef struct
{
  BatonReader *reader;
  BatonMetrics *metrics;
  GHashTable *titles; /* card id → title */
  GHashTable *uses;   /* title → how many cards have it */
  GString *out;
  GOutputStream *stream;
  GCancellable *cancellable;
} Writer;

static gboolean
flush (Writer *self, gsize least, GError **error)
{
  gboolean ok = TRUE;

  if (self->out->len < least)
    return TRUE;
  ok = g_output_stream_write_all (
      self->stream, self->out->str, self->out->len, NULL, self->cancellable, error);
  g_string_truncate (self->out, 0);
  return ok;
}

static void
load_titles (Writer *self, GPtrArray *cards)
{
  for (guint i = 0; i < cards->len; i++)
    {
      const BatonRow *card = g_ptr_array_index (cards, i);
      const char *title = baton_row_text (card, BATON_CARD_TITLE);
      guint n;

      if (title == NULL)
        continue;
      title = g_strdup (title);
      g_hash_table_insert (self->titles, g_strdup (card->id), (char *) title);
      n = GPOINTER_TO_UINT (g_hash_table_lookup (self->uses, title));
      g_hash_table_insert (self->uses, (char *) title, GUINT_TO_POINTER (n + 1));
    }
}

static const char *
card_id (const Writer *self, guint32 card)
{
  return g_ptr_array_index (self->metrics->cards, card);
}

static const char *
card_title (const Writer *self, guint32 card)
{
  const char *title = g_hash_table_lookup (self->titles, card_id (self, card));

  return title != NULL ? title : "";
}

/* A case is named as people name it, if that says which one it is. */
static const char *
case_name (const Writer *self, guint32 card)
{
  const char *title = card_title (self, card);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->uses, title)) == 1 ? title : card_id (self, card);
}

static const char *
dim_name (const Writer *self, guint32 card, BatonFlowDim dim)
{
  return baton_metrics_name (
      baton_metrics_dim (self->metrics, dim), self->metrics->flow->cards[card].dims[dim]);
}

static void
write_cell (GString *out, const char *text, gboolean first)
{
  if (!first)
    g_string_append_c (out, ',');
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

static void
write_event_row (Writer *self, guint32 card, const BatonFlowEvent *event)
{
  g_autofree char *time = baton_timestamp_format (event->at);

  write_cell (self->out, case_name (self, card), TRUE);
  write_cell (self->out, baton_metrics_name (&self->metrics->stages, event->stage), FALSE);
  write_cell (self->out, time, FALSE);
  write_cell (self->out, baton_metrics_name (&self->metrics->people, event->person), FALSE);
  write_cell (self->out, card_title (self, card), FALSE);
  write_cell (self->out, dim_name (self, card, BATON_FLOW_CHANNEL), FALSE);
  write_cell (self->out, dim_name (self, card, BATON_FLOW_CAMPAIGN), FALSE);
  write_cell (self->out, dim_name (self, card, BATON_FLOW_ASSET_TYPE), FALSE);
  g_string_append (self->out, "\r\n");
}

static gboolean
write_csv (Writer *self, GError **error)
{
  const BatonFlow *flow = self->metrics->flow;

  g_string_append (self->out, "case_id,activity,timestamp,resource,title,channel,campaign,asset_type\r\n");
  for (guint32 i = 0; i < flow->n_cards; i++)
    {
      const BatonFlowCard *card = &flow->cards[i];

      for (guint32 j = 0; j < card->n && !card->hidden; j++)
        {
          if (baton_flow_events (flow, card)[j].type == BATON_FLOW_ENTER)
            write_event_row (self, i, &baton_flow_events (flow, card)[j]);
        }
      if (!flush (self, PIECE, error))
        return FALSE;
    }
  return flush (self, 0, error);
}

/* Without the characters that XML cannot have. */
static void
write_escaped (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c == '\t' || c == '\n' || c == '\r')
        g_string_append_printf (out, "&#%u;", c);
      else if (c >= 0x20 && c != 0xfffe && c != 0xffff)
        g_string_append_unichar (out, c);
      else
        g_string_append_unichar (out, 0xfffd);
    }
}

static void
write_attribute (GString *out, const char *indent, const char *type, const char *key, const char *value)
{
  if (*value == '\0')
    return;
  g_string_append_printf (out, "%s<%s key=\"%s\" value=\"", indent, type, key);
  write_escaped (out, value);
  g_string_append (out, "\"/>\n");
}

static void
write_xes_head (Writer *self)
{
  g_string_append (self->out,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<log xes.version=\"1849-2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n"
      "  <extension name=\"Concept\" prefix=\"concept\""
      " uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
      "  <extension name=\"Time\" prefix=\"time\" uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
      "  <extension name=\"Organizational\" prefix=\"org\" uri=\"http://www.xes-standard.org/org.xesext\"/>\n"
      "  <global scope=\"trace\">\n    <string key=\"concept:name\" value=\"\"/>\n  </global>\n"
      "  <global scope=\"event\">\n    <string key=\"concept:name\" value=\"\"/>\n"
      "    <date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000Z\"/>\n  </global>\n"
      "  <classifier name=\"Activity\" keys=\"concept:name\"/>\n");
  write_attribute (self->out, "  ", "string", "concept:name", self->metrics->name);
}

static void
write_trace (Writer *self, guint32 index)
{
  const BatonFlow *flow = self->metrics->flow;
  const BatonFlowCard *card = &flow->cards[index];

  g_string_append (self->out, "  <trace>\n");
  write_attribute (self->out, "    ", "string", "concept:name", case_name (self, index));
  write_attribute (self->out, "    ", "string", "title", card_title (self, index));
  write_attribute (self->out, "    ", "string", "channel", dim_name (self, index, BATON_FLOW_CHANNEL));
  write_attribute (self->out, "    ", "string", "campaign", dim_name (self, index, BATON_FLOW_CAMPAIGN));
  write_attribute (self->out, "    ", "string", "asset_type", dim_name (self, index, BATON_FLOW_ASSET_TYPE));
  for (guint32 i = 0; i < card->n; i++)
    {
      const BatonFlowEvent *event = &baton_flow_events (flow, card)[i];
      g_autofree char *time = NULL;

      if (event->type != BATON_FLOW_ENTER)
        continue;
      time = baton_timestamp_format (event->at);
      g_string_append (self->out, "    <event>\n");
      write_attribute (self->out, "      ", "string", "concept:name",
          baton_metrics_name (&self->metrics->stages, event->stage));
      write_attribute (self->out, "      ", "date", "time:timestamp", time);
      write_attribute (self->out, "      ", "string", "org:resource",
          baton_metrics_name (&self->metrics->people, event->person));
      g_string_append (self->out, "    </event>\n");
    }
  g_string_append (self->out, "  </trace>\n");
}

static gboolean
write_xes (Writer *self, GError **error)
{
  write_xes_head (self);
  for (guint32 i = 0; i < self->metrics->flow->n_cards; i++)
    {
      if (!self->metrics->flow->cards[i].hidden)
        write_trace (self, i);
      if (!flush (self, PIECE, error))
        return FALSE;
    }
  g_string_append (self->out, "</log>\n");
  return flush (self, 0, error);
}

/* When the card came to each place for good: a card that goes back has not been behind its new place, and a
 * stage that it skipped was entered when it came to the next one. */
static void
dates_of (const BatonFlow *flow, const BatonFlowCard *card, gint64 *dates)
{
  const BatonFlowEvent *events = baton_flow_events (flow, card);

  for (guint place = 0; place < flow->n_stages; place++)
    dates[place] = BATON_FLOW_NEVER;
  for (guint32 i = 0; i < card->n; i++)
    {
      guint place;

      if (events[i].type != BATON_FLOW_ENTER)
        continue;
      place = flow->places[events[i].stage];
      for (guint behind = place + 1; behind < flow->n_stages; behind++)
        dates[behind] = BATON_FLOW_NEVER;
      for (guint before = 0; before <= place; before++)
        {
          if (dates[before] == BATON_FLOW_NEVER)
            dates[before] = events[i].at;
        }
    }
}

static void
write_date (Writer *self, gint64 at)
{
  GDate date;

  g_string_append_c (self->out, ',');
  if (at == BATON_FLOW_NEVER)
    return;
  baton_flow_local_date (self->metrics->zone, at, &date);
  g_string_append_printf (
      self->out, "%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

/* Stages in the order of the flow; removed ones only when somebody was in them. */
static GArray *
columns_of (const BatonFlow *flow)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autofree gboolean *used = g_new0 (gboolean, flow->n_stages + 1);

  for (guint32 i = 0; i < flow->n_cards; i++)
    {
      const BatonFlowCard *card = &flow->cards[i];

      for (guint32 j = 0; j < card->n; j++)
        {
          if (baton_flow_events (flow, card)[j].type == BATON_FLOW_ENTER)
            used[baton_flow_events (flow, card)[j].stage] = TRUE;
        }
    }
  for (guint place = 0; place < flow->n_stages; place++)
    {
      for (guint16 stage = 0; stage < flow->n_stages; stage++)
        {
          if (flow->places[stage] == place && (used[stage] || !flow->stages[stage].removed))
            g_array_append_val (columns, stage);
        }
    }
  return columns;
}

static gboolean
write_actionable (Writer *self, GError **error)
{
  const BatonFlow *flow = self->metrics->flow;
  g_autoptr (GArray) columns = columns_of (flow);
  g_autofree gint64 *dates = g_new (gint64, flow->n_stages + 1);

  g_string_append (self->out, "ID,Link,Title");
  for (guint i = 0; i < columns->len; i++)
    write_cell (
        self->out, baton_metrics_name (&self->metrics->stages, g_array_index (columns, guint16, i)), FALSE);
  g_string_append (self->out, ",Channel,Campaign,Asset type,Owner\r\n");
  for (guint32 i = 0; i < flow->n_cards; i++)
    {
      if (flow->cards[i].hidden)
        continue;
      dates_of (flow, &flow->cards[i], dates);
      write_cell (self->out, card_id (self, i), TRUE);
      write_cell (self->out, "", FALSE);
      write_cell (self->out, card_title (self, i), FALSE);
      for (guint j = 0; j < columns->len; j++)
        write_date (self, dates[flow->places[g_array_index (columns, guint16, j)]]);
      write_cell (self->out, dim_name (self, i, BATON_FLOW_CHANNEL), FALSE);
      write_cell (self->out, dim_name (self, i, BATON_FLOW_CAMPAIGN), FALSE);
      write_cell (self->out, dim_name (self, i, BATON_FLOW_ASSET_TYPE), FALSE);
      write_cell (self->out, dim_name (self, i, BATON_FLOW_OWNER_DIM), FALSE);
      g_string_append (self->out, "\r\n");
      if (!flush (self, PIECE, error))
        return FALSE;
    }
  return flush (self, 0, error);
}

static gboolean
write_format (Writer *self, BatonEventFormat format, GError **error)
{
  switch (format)
    {
    case BATON_EVENT_FORMAT_XES:
      return write_xes (self, error);
    case BATON_EVENT_FORMAT_ACTIONABLE_AGILE:
      return write_actionable (self, error);
    case BATON_EVENT_FORMAT_CSV:
    default:
      return write_csv (self, error);
    }
}

gboolean
baton_exchange_write_events (BatonReader *reader, const char *board, BatonEventFormat format,
    GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (BatonMetrics) metrics = baton_metrics_load (reader, board, error);
  g_autoptr (GPtrArray) cards = NULL;
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) uses = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) out = g_string_new (NULL);
  Writer self = { reader, metrics, titles, uses, out, stream, cancellable };

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);
  if (metrics == NULL)
    return FALSE;
  cards = baton_reader_rows (reader, BATON_ENTITY_CARD, BATON_CARD_BOARD, board, TRUE, error);
  if (cards == NULL)
    return FALSE;
  load_titles (&self, cards);
  return write_format (&self, format, error);
}
