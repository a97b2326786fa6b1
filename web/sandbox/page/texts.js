/* What the page itself says, in three languages. The chats speak through the server. */

const EN = {
  forwarded: "Forwarded from {name}", pinnedMessage: "Pinned message",
  serviceJoined: "{names} joined the group", serviceLeft: "{names} left the group",
  servicePinned: "{names} pinned a message", serviceMigrated: "The group became a supergroup",
  botRemove: "Remove the bot from the group", botAdd: "Add the bot to the group",
  botAdmin: "Make the bot an administrator", botMember: "Make the bot an ordinary member",
  tagline: "The whole neighbourhood on your desk: try the bot from every side, no account needed.",
  skip: "Skip to the phones", people: "People", tools: "Tools", menu: "Menu", close: "Close",
  listening: "Bot connected", absent: "No bot connected", absentHint:
    "No bot is connected yet. Messages wait until it is.",
  chromeLanguage: "Language of this page", toDark: "Evening colours", toLight: "Day colours",
  reset: "Start over", resetTitle: "Start over?", resetText:
    "All chats, faults and the clock of this sandbox go back to the beginning.",
  resetYes: "Start over", cancel: "Cancel", ok: "OK", yes: "Send",
  clock: "Clock", clockHint: "Date and time in the sandbox. The bot follows it.",
  hourMore: "+ 1 hour", dayMore: "+ 1 day", weekMore: "+ 1 week", monday: "Next Monday, 09:00",
  backNow: "Back to now",
  faults: "Faults", faultsHint: "Make the network misbehave and watch the bot cope.",
  faultKind: "What goes wrong", faultLength: "How long", once: "Once", always: "Until cleared",
  faultAdd: "Switch on", faultClear: "Clear all", faultNone: "No fault is switched on.",
  faultRemove: "Remove: {name}", limits: "Real rate limits",
  limitsHint: "30 per second, 1 per second and chat, 20 per minute and group",
  fault429: "Too many requests (429)", fault500: "Server error (500)", faultSlow: "Slow answers",
  faultLost: "Lost answer", fault502html: "Broken gateway (502)", fault403: "Forbidden (403)",
  faultBadjson: "Unreadable answer", faultDrop: "Connection refused", timesLeft: "{count} more",
  link: "Link", linkTitle: "Deep link and QR", linkHint:
    "What a poster or an invitation carries: a link that opens the bot with a word.",
  payload: "Word in the link, or the whole link", linkBad: "Letters, digits, _ and - only, 64 at most.",
  openOn: "Open on the phone of", openLink: "Open", copy: "Copy the link", copied: "Link copied.",
  qrAlt: "QR code for {link}",
  resident: "Resident", animator: "Animator", coordinator: "Coordinator", group: "Group",
  languageOf: "Language of {name}", menuOf: "More for {name}", speakAs: "Speak as",
  block: "Block the bot", unblock: "Unblock the bot",
  blocked: "{name} has blocked the bot.", start: "Start", restart: "Send /start", scan: "Open a deep link…",
  messages: "Messages of {name}", phoneOf: "Phone of {name}", composerOf: "Message from {name}",
  write: "Message", send: "Send", attach: "Attach", commands: "Commands", noCommands:
    "The bot has not set any command.",
  showKeys: "Show the keys", hideKeys: "Hide the keys", keys: "Answer keys",
  photoSample: "Sample photo", photoFile: "Photo from this computer", voiceSample: "Sample voice message",
  documentFile: "Document", location: "Location", contact: "Contact",
  locationTitle: "Share a location?", locationText:
    "{name} shares a made-up location in the middle of the town with the bot.",
  contactTitle: "Share the phone number?", contactText: "{name} shares a made-up phone number with the bot.",
  sending: "Sending", notSent: "Not sent", again: "Try again", drop: "Discard",
  edited: "edited", editing: "Editing your message", replying: "Reply to", cancelEdit: "Cancel",
  reply: "Reply", edit: "Edit", typing: "The bot is typing",
  photo: "Photo", photoOpen: "Enlarge the photo", voice: "Voice message", play: "Play", pause: "Pause",
  document: "Document", download: "Download {name}", onMap: "Open in OpenStreetMap",
  poll: "Poll", quiz: "Quiz", anonymous: "anonymous", public: "public", closedPoll: "closed",
  vote: "Vote", retract: "Retract vote", votes: "{count} votes", vote1: "1 vote", several: "several answers",
  newest: "Go to the newest message", unread: "{name}, {count} new", noAnswer:
    "The bot did not answer the button in time.",
  from: "{who}, for {name}: {text}", lost: "The line to the sandbox is cut. Trying again…",
  back: "Connected again.", tooBig: "This file is too big (10 MB at most).",
  troubleOffline: "The sandbox does not answer. Is it still running?",
  troubleServer: "The sandbox could not do this.", troubleSaid: "The sandbox says: {error}",
  loading: "One moment…", empty: "No message yet.",
};

const FR = {
  forwarded: "Transféré de {name}", pinnedMessage: "Message épinglé",
  serviceJoined: "{names} a rejoint le groupe", serviceLeft: "{names} a quitté le groupe",
  servicePinned: "{names} a épinglé un message", serviceMigrated: "Le groupe est devenu un supergroupe",
  botRemove: "Retirer le bot du groupe", botAdd: "Ajouter le bot au groupe",
  botAdmin: "Nommer le bot administrateur", botMember: "Faire du bot un simple membre",
  tagline: "Le quartier sur votre bureau : essayez le bot de chaque côté, sans compte.",
  skip: "Aller aux téléphones", people: "Personnes", tools: "Outils", menu: "Menu", close: "Fermer",
  listening: "Bot connecté", absent: "Aucun bot connecté", absentHint:
    "Aucun bot n’est encore connecté. Les messages attendent.",
  chromeLanguage: "Langue de cette page", toDark: "Couleurs du soir", toLight: "Couleurs du jour",
  reset: "Recommencer", resetTitle: "Tout recommencer ?", resetText:
    "Les discussions, les pannes et l’horloge de ce bac à sable reviennent au début.",
  resetYes: "Recommencer", cancel: "Annuler", ok: "OK", yes: "Envoyer",
  clock: "Horloge", clockHint: "Date et heure du bac à sable. Le bot les suit.",
  hourMore: "+ 1 heure", dayMore: "+ 1 jour", weekMore: "+ 1 semaine", monday: "Lundi prochain, 9 h 00",
  backNow: "Revenir à maintenant",
  faults: "Pannes", faultsHint: "Troublez le réseau et regardez le bot s’en sortir.",
  faultKind: "Ce qui se passe", faultLength: "Combien de temps", once: "Une fois",
  always: "Jusqu’à l’arrêt",
  faultAdd: "Activer", faultClear: "Tout arrêter", faultNone: "Aucune panne n’est active.",
  faultRemove: "Retirer : {name}", limits: "Vraies limites de débit",
  limitsHint: "30 par seconde, 1 par seconde et discussion, 20 par minute et groupe",
  fault429: "Trop de demandes (429)", fault500: "Erreur du serveur (500)", faultSlow: "Réponses lentes",
  faultLost: "Réponse perdue", fault502html: "Passerelle en panne (502)", fault403: "Refusé (403)",
  faultBadjson: "Réponse illisible", faultDrop: "Connexion refusée", timesLeft: "encore {count}",
  link: "Lien", linkTitle: "Lien direct et QR", linkHint:
    "Ce que porte une affiche ou une invitation : un lien qui ouvre le bot avec un mot.",
  payload: "Mot du lien, ou le lien entier", linkBad: "Lettres, chiffres, _ et - seulement, 64 au plus.",
  openOn: "Ouvrir sur le téléphone de", openLink: "Ouvrir", copy: "Copier le lien",
  copied: "Lien copié.", qrAlt: "Code QR pour {link}",
  resident: "Habitant·e", animator: "Animation", coordinator: "Coordination", group: "Groupe",
  languageOf: "Langue de {name}", menuOf: "Autres actions pour {name}", speakAs: "Parler comme",
  block: "Bloquer le bot", unblock: "Débloquer le bot",
  blocked: "{name} a bloqué le bot.", start: "Démarrer", restart: "Envoyer /start",
  scan: "Ouvrir un lien direct…",
  messages: "Messages de {name}", phoneOf: "Téléphone de {name}", composerOf: "Message de {name}",
  write: "Message", send: "Envoyer", attach: "Joindre", commands: "Commandes", noCommands:
    "Le bot n’a défini aucune commande.",
  showKeys: "Afficher les touches", hideKeys: "Masquer les touches", keys: "Touches de réponse",
  photoSample: "Photo d’exemple", photoFile: "Photo de cet ordinateur",
  voiceSample: "Message vocal d’exemple",
  documentFile: "Document", location: "Position", contact: "Contact",
  locationTitle: "Partager une position ?", locationText:
    "{name} partage avec le bot une position inventée au centre de la ville.",
  contactTitle: "Partager le numéro ?", contactText: "{name} partage avec le bot un numéro inventé.",
  sending: "Envoi en cours", notSent: "Pas envoyé", again: "Réessayer", drop: "Supprimer",
  edited: "modifié", editing: "Modifier votre message", replying: "Répondre à", cancelEdit: "Annuler",
  reply: "Répondre", edit: "Modifier", typing: "Le bot écrit",
  photo: "Photo", photoOpen: "Agrandir la photo", voice: "Message vocal", play: "Écouter", pause: "Pause",
  document: "Document", download: "Télécharger {name}", onMap: "Ouvrir dans OpenStreetMap",
  poll: "Sondage", quiz: "Quiz", anonymous: "anonyme", public: "public", closedPoll: "terminé",
  vote: "Voter", retract: "Retirer mon vote", votes: "{count} votes", vote1: "1 vote",
  several: "plusieurs réponses",
  newest: "Aller au dernier message", unread: "{name}, {count} à lire", noAnswer:
    "Le bot n’a pas répondu au bouton à temps.",
  from: "{who}, pour {name} : {text}", lost: "La ligne avec le bac à sable est coupée. Nouvel essai…",
  back: "De nouveau connecté.", tooBig: "Ce fichier est trop grand (10 Mo au plus).",
  troubleOffline: "Le bac à sable ne répond pas. Est-il encore en marche ?",
  troubleServer: "Le bac à sable n’a pas pu le faire.", troubleSaid: "Le bac à sable dit : {error}",
  loading: "Un instant…", empty: "Pas encore de message.",
};

const DE = {
  forwarded: "Weitergeleitet von {name}", pinnedMessage: "Angeheftete Nachricht",
  serviceJoined: "{names} ist neu in der Gruppe", serviceLeft: "{names} hat die Gruppe verlassen",
  servicePinned: "{names} hat eine Nachricht angeheftet",
  serviceMigrated: "Die Gruppe ist jetzt eine Supergruppe",
  botRemove: "Bot aus der Gruppe entfernen", botAdd: "Bot zur Gruppe hinzufügen",
  botAdmin: "Bot zum Administrator machen", botMember: "Bot zum gewöhnlichen Mitglied machen",
  tagline: "Das Quartier auf Ihrem Tisch: Testen Sie den Bot von allen Seiten, ohne Konto.",
  skip: "Zu den Telefonen", people: "Personen", tools: "Werkzeuge", menu: "Menü", close: "Schliessen",
  listening: "Bot verbunden", absent: "Kein Bot verbunden", absentHint:
    "Noch ist kein Bot verbunden. Die Nachrichten warten.",
  chromeLanguage: "Sprache dieser Seite", toDark: "Abendfarben", toLight: "Tagesfarben",
  reset: "Von vorne", resetTitle: "Von vorne beginnen?", resetText:
    "Chats, Störungen und Uhr dieses Sandkastens gehen zurück auf Anfang.",
  resetYes: "Von vorne beginnen", cancel: "Abbrechen", ok: "OK", yes: "Senden",
  clock: "Uhr", clockHint: "Datum und Zeit im Sandkasten. Der Bot richtet sich danach.",
  hourMore: "+ 1 Stunde", dayMore: "+ 1 Tag", weekMore: "+ 1 Woche", monday: "Nächster Montag, 9.00 Uhr",
  backNow: "Zurück zu jetzt",
  faults: "Störungen", faultsHint: "Stören Sie das Netz und sehen Sie, wie der Bot damit umgeht.",
  faultKind: "Was schiefgeht", faultLength: "Wie lange", once: "Einmal", always: "Bis zum Stopp",
  faultAdd: "Einschalten", faultClear: "Alle stoppen", faultNone: "Keine Störung ist eingeschaltet.",
  faultRemove: "Entfernen: {name}", limits: "Echte Tempolimiten",
  limitsHint: "30 pro Sekunde, 1 pro Sekunde und Chat, 20 pro Minute und Gruppe",
  fault429: "Zu viele Anfragen (429)", fault500: "Serverfehler (500)", faultSlow: "Langsame Antworten",
  faultLost: "Verlorene Antwort", fault502html: "Gateway gestört (502)", fault403: "Verboten (403)",
  faultBadjson: "Unlesbare Antwort", faultDrop: "Verbindung verweigert", timesLeft: "noch {count}",
  link: "Link", linkTitle: "Direktlink und QR", linkHint:
    "Was auf einem Plakat oder einer Einladung steht: ein Link, der den Bot mit einem Wort öffnet.",
  payload: "Wort im Link oder der ganze Link", linkBad: "Nur Buchstaben, Ziffern, _ und -, höchstens 64.",
  openOn: "Öffnen auf dem Telefon von", openLink: "Öffnen", copy: "Link kopieren",
  copied: "Link kopiert.", qrAlt: "QR-Code für {link}",
  resident: "Bewohner/in", animator: "Animation", coordinator: "Koordination", group: "Gruppe",
  languageOf: "Sprache von {name}", menuOf: "Mehr für {name}", speakAs: "Sprechen als",
  block: "Bot blockieren", unblock: "Bot freigeben",
  blocked: "{name} hat den Bot blockiert.", start: "Starten", restart: "/start senden",
  scan: "Direktlink öffnen…",
  messages: "Nachrichten von {name}", phoneOf: "Telefon von {name}", composerOf: "Nachricht von {name}",
  write: "Nachricht", send: "Senden", attach: "Anhängen", commands: "Befehle", noCommands:
    "Der Bot hat keine Befehle gesetzt.",
  showKeys: "Tasten zeigen", hideKeys: "Tasten ausblenden", keys: "Antworttasten",
  photoSample: "Beispielfoto", photoFile: "Foto von diesem Computer", voiceSample: "Beispiel-Sprachnachricht",
  documentFile: "Dokument", location: "Standort", contact: "Kontakt",
  locationTitle: "Standort teilen?", locationText:
    "{name} teilt dem Bot einen erfundenen Standort mitten in der Stadt mit.",
  contactTitle: "Telefonnummer teilen?", contactText: "{name} teilt dem Bot eine erfundene Nummer mit.",
  sending: "Wird gesendet", notSent: "Nicht gesendet", again: "Nochmals", drop: "Verwerfen",
  edited: "bearbeitet", editing: "Ihre Nachricht bearbeiten", replying: "Antwort an",
  cancelEdit: "Abbrechen",
  reply: "Antworten", edit: "Bearbeiten", typing: "Der Bot schreibt",
  photo: "Foto", photoOpen: "Foto vergrössern", voice: "Sprachnachricht", play: "Abspielen",
  pause: "Pause",
  document: "Dokument", download: "{name} herunterladen", onMap: "In OpenStreetMap öffnen",
  poll: "Umfrage", quiz: "Quiz", anonymous: "anonym", public: "öffentlich", closedPoll: "beendet",
  vote: "Abstimmen", retract: "Stimme zurückziehen", votes: "{count} Stimmen", vote1: "1 Stimme",
  several: "mehrere Antworten",
  newest: "Zur neusten Nachricht", unread: "{name}, {count} neu", noAnswer:
    "Der Bot hat nicht rechtzeitig auf die Taste geantwortet.",
  from: "{who}, für {name}: {text}", lost: "Die Verbindung zum Sandkasten ist unterbrochen. Neuer Versuch…",
  back: "Wieder verbunden.", tooBig: "Diese Datei ist zu gross (höchstens 10 MB).",
  troubleOffline: "Der Sandkasten antwortet nicht. Läuft er noch?",
  troubleServer: "Der Sandkasten konnte das nicht tun.", troubleSaid: "Der Sandkasten sagt: {error}",
  loading: "Einen Moment…", empty: "Noch keine Nachricht.",
};

const ALL = { fr: FR, de: DE, en: EN };

/** The languages of the page, in the order of its switch. */
export const CHROME_LANGUAGES = ["fr", "de", "en"];

/** The languages a person's phone can speak, each by its own name. */
export const PHONE_LANGUAGES = {
  fr: "Français", de: "Deutsch", en: "English", it: "Italiano", pt: "Português", es: "Español",
  sq: "Shqip", tr: "Türkçe", ar: "العربية", ti: "ትግርኛ", uk: "Українська",
};

function guess() {
  const own = navigator.languages.map((code) => code.slice(0, 2));
  return own.find((code) => code in ALL) ?? "en";
}

let current = guess();

/** The language the page speaks now. */
export const language = () => current;

/** Makes the page speak `code` from the next text on. */
export function speak(code) {
  current = code in ALL ? code : guess();
}

/** The text of that name, with its {fields} filled. */
export function t(name, fields = {}) {
  return ALL[current][name].replace(/\{(\w+)\}/g, (whole, key) => fields[key] ?? whole);
}
