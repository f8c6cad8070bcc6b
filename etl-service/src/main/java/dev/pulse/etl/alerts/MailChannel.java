package dev.pulse.etl.alerts;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Sends messages by mail, if there is a mail server. */
@Component
@EnableConfigurationProperties(AlertSettings.class)
class MailChannel {

  static final String REMEDY = "Set spring.mail.host (SPRING_MAIL_HOST) and start Pulse anew.";
  private static final int LONGEST_SUBJECT = 150;

  private final ObjectProvider<JavaMailSender> sender;
  private final AlertSettings settings;

  MailChannel(ObjectProvider<JavaMailSender> sender, AlertSettings settings) {
    this.sender = sender;
    this.settings = settings;
  }

  boolean setUp() {
    return sender.getIfAvailable() != null;
  }

  void send(Message message) throws NotDelivered {
    var server = sender.getIfAvailable();
    if (server == null) throw new NotDelivered("no mail server is set. " + REMEDY);
    var mail = new SimpleMailMessage();
    mail.setFrom(settings.mailFrom());
    mail.setTo(message.alert().to().toArray(String[]::new));
    mail.setSubject(subject(message));
    mail.setText(
        """
        %s

        Alert: %s
        About: %s
        Since: %s
        Message: %s
        """
            .formatted(
                message.text(),
                message.alert().name(),
                message.subject(),
                message.since(),
                message.id()));
    try {
      server.send(mail);
    } catch (MailException e) {
      throw new NotDelivered(String.valueOf(e.getMostSpecificCause().getMessage()), e);
    }
  }

  /** One line: what a source says of an error may hold more. */
  private static String subject(Message message) {
    var line = "[Pulse] " + message.text().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT) + "…";
  }
}
