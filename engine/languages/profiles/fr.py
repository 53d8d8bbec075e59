"""French."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="fr",
    name="français",
    scripts=("Latn",),
    spaced=True,
    sentence_stops=".!?",
    stop_words=folded_words(
        """a ai alors après as au aux avant avec avez avoir avons bonjour c ce ces cet cette chez combien comme
        comment cela d dans de des deux depuis dois doit donc du elle elles en entre es est et été êtes être eu
        faut il ils j je l la là le les leur leurs lui m ma mais me merci mes moi mon n ne ni nos notre nous on ont
        ou où par pas pendant peut peux pour pourquoi pouvez puis qu quand que quel quelle quelles quels qui quoi s
        sa sans se sera ses si sont sous suis sur svp t ta te tes toi ton tu un une va vais vos votre vous y"""
    ),
    abbreviations=folded_words("av bd cf dr env ex hors max me min mlle mm mme mr p.ex pr st ste tél"),
    numbered=folded_words("art chap fig n no p pp vol"),
    common_words=folded_words(
        """achat acheter adresse aide annulation annuler appareil bonjour bonsoir bouilloire carte cassé changer
        client code colis commande commander compte coûte défectueux délai erreur facture filtre fonctionne
        fonctionnement frais garantie gratuit jours livraison livré marche merci mot numéro oublié paiement panne
        passe payer perdu pièce prix problème produit remboursement rembourser rendre renvoyer retard retour
        retourner reçu réparation réparer salut suivi svp échange échanger"""
    ),
    stemmer="french",
    joiner=" ",
    question_cues=folded_cues(
        when="quand|à quelle heure|quelle date|quel jour|quel délai|quels délais|combien de temps|combien de jours|"
        "sous combien de temps|depuis quand|jusqu'à quand|en quelle année",
        how_much="combien coûte|combien coûtent|combien ça coûte|quel est le prix|quel prix|quel est le tarif|"
        "quels sont les frais|à quel prix|combien dois-je payer",
        number="combien|combien de fois|quel nombre|quel pourcentage|quelle quantité|à quelle distance",
        who="qui|à qui|de qui|quelle entreprise|quelle personne",
        where="où|d'où|dans quel pays|dans quelle ville|à quelle adresse|quel endroit",
        why="pourquoi|pour quelle raison|quelle est la raison|quelle est la cause",
        how_to="comment|de quelle manière|que faire|que dois-je faire|qu'est-ce que je dois faire|quelle démarche",
        yes_no="est-ce que|est-il|est-ce|puis-je|peut-on|pouvez-vous|dois-je|faut-il|avez-vous|y a-t-il|suis-je|"
        "ai-je|acceptez-vous|livrez-vous",
        what="quel|quelle|quels|quelles|que|quoi|qu'est-ce que|qu'est-ce qui|lequel|laquelle",
    ),
    calendar=calendar_words(
        months="janvier|janv février|févr mars avril|avr mai juin juillet|juil août septembre|sept octobre|oct "
        "novembre|nov décembre|déc",
        numerals="un|une deux trois quatre cinq six sept huit neuf dix onze douze",
        minute="minutes|minute|min|mn",
        hour="heures|heure|h",
        day="jours|jour",
        working_day="jours_ouvrés|jour_ouvré|jours_ouvrables|jour_ouvrable",
        week="semaines|semaine",
        month="mois",
        year="années|année|ans|an",
    ),
    phrases=Phrases(
        no_evidence="Je suis désolé, je n'ai pas trouvé cette information dans nos documents. "
        "Souhaitez-vous que je vous mette en relation avec un conseiller ?",
        low_confidence="J'ai trouvé une information proche, mais je ne suis pas certain "
        "qu'elle réponde à votre question. "
        "Souhaitez-vous que je vous mette en relation avec un conseiller ?",
        conflict="Nos documents ne concordent pas sur ce point, et je préfère ne rien affirmer. "
        "Souhaitez-vous qu'un conseiller vérifie pour vous ?",
        unsafe="Je suis désolé, je ne peux pas vous aider sur ce point. "
        "Pour toute question sur nos produits ou nos services, je suis à votre disposition.",
        lead_in="D'après « {title} » :",
        lead_in_policy="Notre règlement « {title} » prévoit :",
        lead_in_steps="Voici les étapes à suivre (« {title} ») :",
        lead_in_case="Dans un cas semblable (« {title} »), nous avions répondu :",
        other_language="Cette information n'existe qu'en {language} :",
        clarify="Lequel de ces cas est le vôtre ?",
        handoff="Bien sûr. Je vous passe un collègue, qui voit déjà ce que vous avez écrit.",
    ),
)
