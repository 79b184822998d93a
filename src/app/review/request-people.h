/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Who may be asked for a review, as rows with ticks of a group: who was asked most often comes first. When
 * there are many, those are seen, and whoever is ticked; the others are found by their names.
 *
 * Signals: changed () when somebody was ticked or not. */
#define BATON_TYPE_REQUEST_PEOPLE (baton_request_people_get_type ())
G_DECLARE_FINAL_TYPE (BatonRequestPeople, baton_request_people, BATON, REQUEST_PEOPLE, GObject)

#define BATON_REQUEST_PEOPLE_SEEN 6

/* The group owns the rows and must live as long. */
BatonRequestPeople *baton_request_people_new (BatonWorkspace *workspace, AdwPreferencesGroup *group);

/* Ids of who is ticked; transfer container. */
GPtrArray *baton_request_people_chosen (BatonRequestPeople *self);
void baton_request_people_choose (BatonRequestPeople *self, const char *person, gboolean on);

G_END_DECLS
