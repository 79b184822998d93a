/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "mark.h"

#include "schema.h"

#include <math.h>
#include <string.h>

BatonMarkShape
baton_mark_shape (const char *name)
{
  const char *const *names = baton_field_info (BATON_COMMENT_SHAPE)->choices;

  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    {
      if (strcmp (names[i], name) == 0)
        return (BatonMarkShape) i;
    }
  return BATON_MARK_NONE;
}

const char *
baton_mark_shape_name (BatonMarkShape shape)
{
  return baton_field_info (BATON_COMMENT_SHAPE)->choices[shape];
}

BatonMark *
baton_mark_new (BatonMarkShape shape)
{
  BatonMark *mark = g_new0 (BatonMark, 1);

  mark->shape = shape;
  mark->points = g_array_new (FALSE, FALSE, sizeof (BatonMarkPoint));
  return mark;
}

void
baton_mark_free (BatonMark *mark)
{
  g_array_unref (mark->points);
  g_free (mark);
}

void
baton_mark_add_point (BatonMark *mark, double x, double y)
{
  BatonMarkPoint point = { CLAMP (x, 0, 1), CLAMP (y, 0, 1) };

  g_array_append_val (mark->points, point);
}

/* A plain decimal number; no signs, exponents, "inf" or "nan". */
static gboolean
parse_number (const char **text, double *number)
{
  char *end;
  gsize length = strspn (*text, "0123456789.");

  if (length == 0 || length > 20 || !g_ascii_isdigit (**text))
    return FALSE;
  *number = g_ascii_strtod (*text, &end);
  if (end != *text + length)
    return FALSE;
  *text = end;
  return TRUE;
}

static gboolean
parse_points (BatonMark *mark, const char *text)
{
  do
    {
      BatonMarkPoint point;

      if (mark->points->len > 0)
        text++;
      if (!parse_number (&text, &point.x) || *text != ',')
        return FALSE;
      text++;
      if (!parse_number (&text, &point.y) || point.x > 1 || point.y > 1)
        return FALSE;
      g_array_append_val (mark->points, point);
    }
  while (*text == ' ');
  if (*text != '@')
    return *text == '\0';
  text++;
  mark->timed = TRUE;
  if (!parse_number (&text, &mark->from))
    return FALSE;
  mark->to = mark->from;
  return *text == '\0';
}

static gboolean
parse_span (BatonMark *mark, const char *text)
{
  if (!parse_number (&text, &mark->from))
    return FALSE;
  mark->to = mark->from;
  if (mark->shape == BATON_MARK_MOMENT)
    return *text == '\0';
  if (*text != '-')
    return FALSE;
  text++;
  if (!parse_number (&text, &mark->to) || *text != '\0' || mark->to < mark->from)
    return FALSE;
  return mark->shape == BATON_MARK_RANGE ||
         (mark->from == floor (mark->from) && mark->to == floor (mark->to) && mark->to > mark->from);
}

BatonMark *
baton_mark_parse (BatonMarkShape shape, const char *place)
{
  g_autoptr (BatonMark) mark = baton_mark_new (shape);
  gboolean ok;

  if (place == NULL)
    place = "";
  switch (shape)
    {
    case BATON_MARK_POINT:
      ok = parse_points (mark, place) && mark->points->len == 1;
      break;
    case BATON_MARK_RECTANGLE:
    case BATON_MARK_ARROW:
      ok = parse_points (mark, place) && mark->points->len == 2;
      break;
    case BATON_MARK_STROKE:
      ok = parse_points (mark, place) && mark->points->len >= 2;
      break;
    case BATON_MARK_TEXT:
    case BATON_MARK_MOMENT:
    case BATON_MARK_RANGE:
      ok = parse_span (mark, place);
      break;
    case BATON_MARK_NONE:
    default:
      ok = *place == '\0';
      break;
    }
  return ok ? g_steal_pointer (&mark) : NULL;
}

static void
append_number (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (text, sizeof text, "%.6f", number);
  for (length = strlen (text); text[length - 1] == '0'; length--)
    text[length - 1] = '\0';
  if (text[length - 1] == '.')
    text[length - 1] = '\0';
  g_string_append (out, text);
}

char *
baton_mark_format (const BatonMark *mark)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < mark->points->len; i++)
    {
      const BatonMarkPoint *point = &g_array_index (mark->points, BatonMarkPoint, i);

      if (i > 0)
        g_string_append_c (out, ' ');
      append_number (out, point->x);
      g_string_append_c (out, ',');
      append_number (out, point->y);
    }
  if (mark->timed && mark->points->len > 0)
    g_string_append_c (out, '@');
  if (mark->shape >= BATON_MARK_TEXT || (mark->timed && mark->points->len > 0))
    append_number (out, MAX (mark->from, 0));
  if (mark->shape == BATON_MARK_TEXT || mark->shape == BATON_MARK_RANGE)
    {
      g_string_append_c (out, '-');
      append_number (out, MAX (mark->to, 0));
    }
  return g_string_free (out, FALSE);
}
